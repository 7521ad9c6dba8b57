package dev.posthouse.common.guard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.posthouse.common.guard.UncallableHost.Reason;
import dev.posthouse.common.net.IpAddress;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** YMP, sections 1 and 5; PoHTTP, section 9; MIMI, section 2.2. */
final class StrangerGuardTest {

    private static final Duration LIMIT = Duration.ofSeconds(20);
    private static final String GLOBAL = "8.8.8.8";
    private static final String GLOBAL6 = "2606:4700:4700::1111";

    private final List<String> asked = new ArrayList<>();

    @ParameterizedTest
    @MethodSource("dev.posthouse.testing.TrickyHosts#unreadable")
    void refusesWhatIsNoName(String text) {
        StrangerGuard guard = guard(answering(GLOBAL));

        refuses(Reason.SYNTAX, () -> guard.name(text));
        assertThat(asked).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("dev.posthouse.testing.TrickyHosts#unlisted")
    void refusesAddressesAndLocalhostUnlessListed(String text) {
        StrangerGuard strict = guard(answering(GLOBAL));
        StrangerGuard lenient = guard(answering("127.0.0.1"), text);
        HostName name = HostName.parse(text);

        refuses(Reason.UNLISTED, () -> strict.name(text));
        refuses(Reason.UNLISTED, () -> strict.resolve(name));
        assertThat(asked).isEmpty();
        assertThat(lenient.name(text)).isEqualTo(name);
        assertThat(lenient.resolve(name).name()).isEqualTo(name);
    }

    @ParameterizedTest
    @MethodSource("dev.posthouse.testing.TrickyHosts#addresses")
    void refusesAHostWithAForbiddenAddress(String address) {
        HostName host = HostName.parse("example.com");

        refuses(Reason.ADDRESS, () -> guard(answering(address)).resolve(host));
        refuses(Reason.ADDRESS, () -> guard(answering(address, GLOBAL)).resolve(host));
        refuses(Reason.ADDRESS, () -> guard(answering(GLOBAL, address)).resolve(host));
        refuses(Reason.ADDRESS, () -> guard(answering(GLOBAL, address, GLOBAL6)).resolve(host));
    }

    @Test
    void givesTheAddressesInTheResolversOrder() {
        HostName host = HostName.parse("Example.com");

        Destination destination = guard(answering(GLOBAL6, GLOBAL, "8.8.4.4")).resolve(host);

        assertThat(destination.name()).isEqualTo(host);
        assertThat(destination.addresses()).isEqualTo(addresses(GLOBAL6, GLOBAL, "8.8.4.4"));
    }

    @Test
    void asksOnceForEachCall() {
        StrangerGuard guard = guard(answering(GLOBAL), "example.com:8443");

        guard.resolve(HostName.parse("Example.COM"));
        assertThat(asked).containsExactly("example.com");
        guard.resolve(HostName.parse("Example.COM:8443"));
        assertThat(asked).containsExactly("example.com", "example.com");
    }

    @Test
    void judgesEachAnswerAnew() {
        List<String> answers = new ArrayList<>(List.of(GLOBAL, "127.0.0.1"));
        StrangerGuard guard = guard(name -> List.of(InetAddress.ofLiteral(answers.removeFirst())));
        HostName host = HostName.parse("rebinding.example");

        assertThat(guard.resolve(host).addresses()).isEqualTo(addresses(GLOBAL));
        refuses(Reason.ADDRESS, () -> guard.resolve(host));
    }

    @ParameterizedTest
    @CsvSource({
        "example.com, true",
        "example.com:443, true",
        "example.com:8443, true",
        "example.com:9443, true",
        "example.com:8442, false",
        "example.com:80, false",
        "example.com:22, false",
        "example.com:65535, false"
    })
    void callsNoOtherPorts(String text, boolean callable) {
        StrangerGuard guard =
                new StrangerGuard(Set.of(), Set.of(8443, 9443)::contains, answering(GLOBAL), LIMIT);

        if (callable) {
            assertThat(guard.resolve(guard.name(text)).name().text()).isNotBlank();
        } else {
            refuses(Reason.PORT, () -> guard.name(text));
            refuses(Reason.PORT, () -> guard.resolve(HostName.parse(text)));
            assertThat(asked).isEmpty();
        }
    }

    @Test
    void callsAnyPortWhereAServiceSaysSo() {
        StrangerGuard guard = new StrangerGuard(Set.of(), port -> true, answering(GLOBAL), LIMIT);

        assertThat(guard.resolve(guard.name("example.com:80")).name().port()).isEqualTo(80);
    }

    @Test
    void callsAListedHostWhereverItIs() {
        StrangerGuard guard = guard(answering("127.0.0.1", "::1"), "intranet:8447");

        Destination destination = guard.resolve(guard.name("Intranet:8447"));

        assertThat(destination.addresses()).isEqualTo(addresses("127.0.0.1", "::1"));
        assertThat(asked).containsExactly("intranet");
    }

    @Test
    void listsAHostForOnePortOnly() {
        StrangerGuard guard = guard(answering("127.0.0.1"), "intranet:8447", "localhost:8447");

        refuses(Reason.ADDRESS, () -> guard.resolve(guard.name("intranet")));
        refuses(Reason.PORT, () -> guard.name("intranet:8448"));
        refuses(Reason.UNLISTED, () -> guard.name("localhost"));
        refuses(Reason.PORT, () -> guard.name("a.intranet:8447"));
    }

    @Test
    void listsTheDefaultPortWhenNoneIsSaid() {
        StrangerGuard guard = guard(answering("127.0.0.1"), "intranet:443");

        assertThat(guard.resolve(guard.name("intranet")).addresses()).hasSize(1);
        refuses(Reason.PORT, () -> guard.name("intranet:8447"));
    }

    @Test
    void resolvesNoAddress() {
        StrangerGuard guard = guard(answering(GLOBAL), "127.0.0.1:8447", "[::1]:8447");

        assertThat(guard.resolve(guard.name("127.0.0.1:8447")).addresses())
                .isEqualTo(addresses("127.0.0.1"));
        assertThat(guard.resolve(guard.name("[::1]:8447")).addresses()).isEqualTo(addresses("::1"));
        assertThat(asked).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({GLOBAL + ", true", "10.0.0.1, false"})
    void takesIpv4InAMappedAddressForWhatItIs(String inner, boolean callable)
            throws UnknownHostException {
        byte[] octets = HexFormat.of().parseHex("0".repeat(20) + "ffff" + "0".repeat(8));
        System.arraycopy(IpAddress.parse(inner).octets(), 0, octets, 12, 4);
        InetAddress mapped = Inet6Address.getByAddress(null, octets, 1);
        StrangerGuard guard = guard(name -> List.of(mapped));
        HostName host = HostName.parse("example.com");

        if (callable) {
            assertThat(guard.resolve(host).addresses()).isEqualTo(addresses(inner));
        } else {
            refuses(Reason.ADDRESS, () -> guard.resolve(host));
        }
    }

    @Test
    void knowsNoHostWithoutAnAddress() {
        HostName host = HostName.parse("example.com");
        Resolver unknown =
                name -> {
                    throw new UnknownHostException(name);
                };

        refuses(Reason.UNKNOWN, () -> guard(unknown).resolve(host));
        refuses(Reason.UNKNOWN, () -> guard(answering()).resolve(host));
        refuses(Reason.UNKNOWN, () -> guard(answering(), "example.com").resolve(host));
    }

    @ParameterizedTest
    @ValueSource(strings = {"metadata.google.internal", "printer.local", "1.0.0.127.in-addr.arpa"})
    void leavesOtherSpecialNamesToTheAddressCheck(String text) {
        refuses(
                Reason.ADDRESS,
                () -> guard(answering("169.254.169.254")).resolve(HostName.parse(text)));
        assertThat(asked).containsExactly(text);
    }

    @Test
    void asksTheMachinesResolver() {
        StrangerGuard guard = guard(Resolver.system(), "localhost");

        assertThat(guard.resolve(guard.name("localhost")).addresses())
                .isNotEmpty()
                .isSubsetOf(addresses("127.0.0.1", "::1"));
    }

    @Test
    void keepsTheAddressesAsTheyWere() {
        List<IpAddress> addresses = new ArrayList<>(addresses(GLOBAL));
        Destination destination = new Destination(HostName.parse("example.com"), addresses);

        addresses.set(0, IpAddress.parse("127.0.0.1"));

        assertThat(destination.addresses()).isEqualTo(addresses(GLOBAL));
    }

    @ParameterizedTest
    @EnumSource
    void hasACodeAndASentenceForEachReason(Reason reason) {
        assertThat(reason.code()).matches("host\\.[a-z]+");
        assertThat(new UncallableHost(reason)).message().matches("[A-Z][a-z' ]+\\.");
    }

    private Resolver answering(String... answers) {
        return name -> {
            asked.add(name);
            return Arrays.stream(answers).map(InetAddress::ofLiteral).toList();
        };
    }

    private static StrangerGuard guard(Resolver resolver, String... listed) {
        Set<HostName> names =
                Stream.of(listed).map(HostName::parse).collect(Collectors.toUnmodifiableSet());
        return new StrangerGuard(names, port -> false, resolver, LIMIT);
    }

    private static List<IpAddress> addresses(String... texts) {
        return Stream.of(texts).map(IpAddress::parse).toList();
    }

    private static void refuses(Reason reason, ThrowingCallable call) {
        assertThatExceptionOfType(UncallableHost.class)
                .isThrownBy(call)
                .satisfies(refusal -> assertThat(refusal.reason()).isEqualTo(reason))
                .withMessageNotContainingAny("example", "127", "169.254");
    }
}
