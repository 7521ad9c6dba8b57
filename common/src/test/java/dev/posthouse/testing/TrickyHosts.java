package dev.posthouse.testing;

import java.util.List;
import java.util.stream.Stream;

/** What strangers name as a host to point a service at its own network. */
public final class TrickyHosts {

    /** Read as IPv4 by one resolver or another, or close to it. */
    private static final List<String> NUMBERS =
            words(
                    """
                    0 1 127.1 127.0.1 127.0.0.01 127.000.000.001 0127.0.0.1 0177.0.0.1 0177.1
                    0177.0.0.0x1 017700000001 2130706433 4294967295 4294967296
                    00000000000000000000002130706433 0x7f.1 0X7F.1 0x7f.0.0.1 0x7f.0x0.0x0.0x1
                    0x7f000001 0X7F000001 0x100000000 0x 0x7fz 127.0.0.0x1 127.0.0.256
                    256.256.256.256 127.0.0 127.0.0.1.1 1.2.3.4.5.6.7.8 127.0.0.1. 127.1.
                    2130706433. 127.1:443 2130706433:443 0x7f.1:443 example.1 example.com.0
                    example.0x7f example.0x example.08 169.254.43518 0xa9fea9fe
                    0251.0376.0251.0376 2852039166
                    """);

    private static final List<String> IPV6 =
            words(
                    """
                    :: ::1 ::1:443 fd00::7 ::ffff:127.0.0.1 fe80::1%eth0 [] [ ] []:443 [:] [::1
                    ::1] [::1]x x[::1] [[::1]] [::1]443 [::1].example.com [0:0:0:0:0:0:0:1]
                    [::0001] [0::1] [::ffff:127.0.0.1] [::ffff:7f00:1] [::FFFF:7F00:1]
                    [0:0:0:0:0:ffff:127.0.0.1] [::127.0.0.1] [64:ff9b::127.0.0.1] [fe80::1%1]
                    [fe80::1%eth0] [fe80::1%25eth0] [::1%lo] [::1%] [v1.fe80] [127.0.0.1]
                    [2130706433] [localhost] [example.com] [::1]@example.com [::1/128] [12345::1]
                    [1:2:3:4:5:6:7:8:9]
                    """);

    private static final List<String> DOTS_AND_HYPHENS =
            words(
                    """
                    . .. ... example.com. example.com.. example.com.:443 localhost. .example.com
                    .localhost example..com - -example.com example-.com example.-com example.com-
                    example.- _ _mmm._tcp.example.com a_b.example.com example.com_
                    """);

    /** Others than ASCII's, many of which some library turns into ASCII. */
    private static final List<String> LETTERS =
            words(
                    """
                    b\u00fccher.example \u0430pple.example \u212aelvin.example
                    \u017fervice.example \u0130stanbul.example stra\u00dfe.example
                    \u24db\u24de\u24d2\u24d0\u24db\u24d7\u24de\u24e2\u24e3 \uff4cocalhost
                    \uff11\uff12\uff17.0.0.1 \u0661\u0662\u0667.\u0660.\u0660.\u0661
                    \u2460\u2461\u2466.0.0.1 127.0.0.\u00b9 127\u30020\u30020\u30021
                    example\u3002com example\uff0ecom example\uff61com example\u2024com
                    example\uff0fcom example.com\uff03 example.com\uff1a443 user\uff20example.com
                    exa\u00admple.com example\u200b.com example\u200d.com \u202eexample.com
                    \ufeffexample.com example\u2010com \ud83d\ude00.example \ud83d.example
                    example.com\udc00
                    """);

    private static final List<String> URLS =
            words(
                    """
                    https://example.com http://127.0.0.1/ //example.com file:///etc/passwd /
                    example.com/ example.com/path example.com:443/ example.com? example.com?query
                    example.com# example.com#fragment example.com;x example.com\\
                    example.com\\@127.0.0.1 127.0.0.1\\@example.com @example.com user@example.com
                    user:password@example.com user@127.0.0.1 example.com@127.0.0.1
                    example.com:80@127.0.0.1 127.0.0.1:443@example.com %6cocalhost
                    %6c%6f%63%61%6c%68%6f%73%74 %31%32%37.0.0.1 127.0.0.1%2f example%2ecom
                    example.com%00 example.com%0d%0aHost:%20localhost example.com,127.0.0.1
                    example.com|127.0.0.1 example.com&x * *.example.com $(id).example.com
                    ${jndi:ldap://example.com} 'example.com' "example.com" <example.com>
                    (example.com) !example.com ~ example+com example=com
                    """);

    private static final List<String> PORTS =
            words(
                    """
                    : :443 example.com: example.com:: example.com::443 example.com:0
                    example.com:00 example.com:0443 example.com:00443 example.com:65536
                    example.com:99999 example.com:100000 example.com:4294967739
                    example.com:18446744073709552059 example.com:-1 example.com:-443
                    example.com:+443 example.com:443:443 example.com:443. example.com:443.0
                    example.com:4e2 example.com:4_43 example.com:0x1bb example.com:https
                    example.com:\uff14\uff14\uff13 example.com:\u0664\u0664\u0663 [::1]: [::1]:0
                    [::1]:65536
                    """);

    private static final List<String> BLANKS =
            List.of(
                    "[ ::1]",
                    "",
                    "example.com: 443",
                    "example.com:443 ",
                    " ",
                    " example.com",
                    "example.com ",
                    "exam ple.com",
                    "example.com 127.0.0.1",
                    "\texample.com",
                    "example.com\t",
                    "\n",
                    "\nexample.com",
                    "example.com\n",
                    "example.com\r",
                    "example.com:443\n",
                    "example.com\r\nHost: localhost",
                    "example.com\nlocalhost",
                    "\0",
                    "\0example.com",
                    "example.com\0",
                    "127.0.0.1\0.example.com",
                    "localhost\0.example.com",
                    "example.com\b",
                    "example.com\u001b[0m",
                    "example.com\u007f",
                    "example.com\u0085",
                    "\u00a0example.com",
                    "example.com\u2028",
                    "example.com\u3000");

    private static final String LABEL = "a".repeat(63);

    private static final List<String> LENGTHS =
            List.of(
                    LABEL + "a.example",
                    "example." + LABEL + "a",
                    String.join(".", LABEL, LABEL, LABEL, "a".repeat(62)),
                    String.join(".", LABEL, LABEL, LABEL, LABEL),
                    String.join(".", LABEL, LABEL, LABEL, "a".repeat(59)) + ":8443",
                    "a.".repeat(126) + "aa",
                    "a.".repeat(500_000) + "a",
                    "a".repeat(1_000_000),
                    ".".repeat(1_000_000),
                    ":".repeat(1_000_000),
                    "[".repeat(1_000_000),
                    "1.".repeat(500_000),
                    "a".repeat(500_000) + ":443",
                    "example.com:" + "4".repeat(1_000_000));

    private static final List<String> UNLISTED =
            words(
                    """
                    localhost LocalHost localhost:443 localhost:8443 a.localhost A.B.LOCALHOST
                    127.0.0.1 127.0.0.1:443 127.255.255.254 0.0.0.0 10.0.0.1 169.254.169.254
                    192.168.0.1:8443 255.255.255.255 8.8.8.8 8.8.8.8:443 [::] [::1] [::1]:443
                    [::1]:8443 [::7f00:1] [fd00::7] [FD00:EC2::254] [fe80::1] [64:ff9b::7f00:1]
                    [2002:7f00:1::] [2606:4700:4700::1111]
                    """);

    private static final List<String> ADDRESSES =
            words(
                    """
                    0.0.0.0 0.0.0.1 0.255.255.255 10.0.0.0 10.0.0.1 10.255.255.255 100.64.0.0
                    100.100.100.200 100.127.255.255 127.0.0.0 127.0.0.1 127.0.0.53 127.255.255.255
                    169.254.0.0 169.254.169.254 169.254.255.255 172.16.0.0 172.17.0.1
                    172.31.255.255 192.0.0.0 192.0.0.9 192.0.0.10 192.0.0.255 192.0.2.1
                    192.88.99.1 192.168.0.0 192.168.0.1 192.168.255.255 198.18.0.0 198.19.255.255
                    198.51.100.1 203.0.113.1 224.0.0.1 239.255.255.255 240.0.0.1 255.255.255.255
                    :: ::1 ::127.0.0.1 ::8.8.8.8 ::ffff:127.0.0.1 ::ffff:10.0.0.1
                    64:ff9b::127.0.0.1 64:ff9b::10.0.0.1 64:ff9b::169.254.169.254
                    64:ff9b::192.0.0.9 64:ff9b:1::10.0.0.1 64:ff9b:1::8.8.8.8
                    64:ff9b:1:a00:0:100:8.8.8.8 100::1 2001::1 2001:0:7f00:1::
                    2001:0:808:808::80ff:fffe 2001:1::1 2001:1::2 2001:1::3 2001:db8::1
                    2002:7f00:1:: 2002:a00:1::1 2002:808:808::1 3fff::1 4000::1 5f00::1 fc00::1
                    fd00:ec2::254 fdff:ffff::1 fe80::1 febf::1 fec0::1 feff::1 ff02::1 ff0e::1
                    ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff
                    """);

    private TrickyHosts() {}

    /** No {@code hostname[:port]}: none of them may reach a resolver. */
    public static Stream<String> unreadable() {
        return Stream.of(NUMBERS, IPV6, DOTS_AND_HYPHENS, LETTERS, URLS, PORTS, BLANKS, LENGTHS)
                .flatMap(List::stream);
    }

    /** Well written, but the machine itself or an address instead of a name. */
    public static Stream<String> unlisted() {
        return UNLISTED.stream();
    }

    /** Where no name may lead. */
    public static Stream<String> addresses() {
        return ADDRESSES.stream();
    }

    private static List<String> words(String text) {
        return List.of(text.split("\\s+"));
    }
}
