package dev.posthouse.relay.admin;

import dev.posthouse.relay.QueryNumber;
import dev.posthouse.relay.RelayException;
import dev.posthouse.relay.outbound.DeadLetter;
import dev.posthouse.relay.outbound.DeadLetters;
import dev.posthouse.relay.outbound.RedriveDeadLetters;
import io.quarkus.narayana.jta.QuarkusTransaction;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.annotation.security.RolesAllowed;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import java.util.List;
import java.util.Optional;

/** An operator looks after what could not be delivered (PoHTTP, section 9). */
@Path("/admin/dead-letters")
@Produces("application/json")
@RunOnVirtualThread
@RolesAllowed("operator")
final class DeadLettersResource {

    private static final int LONGEST_LIST = 1_000;

    private final DeadLetters letters;
    private final RedriveDeadLetters redriveDeadLetters;

    DeadLettersResource(DeadLetters letters, RedriveDeadLetters redriveDeadLetters) {
        this.letters = letters;
        this.redriveDeadLetters = redriveDeadLetters;
    }

    /**
     * Dead letters.
     *
     * @param parcels by peer, oldest first
     */
    record DeadLetterList(List<DeadLetter> parcels) {}

    /**
     * Which are to be sent again.
     *
     * @param peer those for one peer; for all without
     * @param seq just these; all without
     */
    record RedriveRequest(
            @Size(max = 1_024) String peer, @Size(max = LONGEST_LIST) List<@NotNull Long> seq) {}

    /**
     * What came of it.
     *
     * @param redriven how many wait again
     */
    record Redriven(int redriven) {}

    @GET
    public DeadLetterList list(
            @QueryParam("peer") String peer, @QueryParam("max") @DefaultValue("100") String max) {
        int most = QueryNumber.max(max);
        Optional<String> wanted = peer(peer);
        return new DeadLetterList(
                QuarkusTransaction.requiringNew().call(() -> letters.list(wanted, most)));
    }

    @POST
    @Path("/redrive")
    @Consumes("application/json")
    public Redriven redrive(@NotNull @Valid RedriveRequest request) {
        if (request.seq() != null && request.seq().isEmpty()) {
            // Just these, and there are none.
            return new Redriven(0);
        }
        return new Redriven(
                redriveDeadLetters.redrive(
                        peer(request.peer()), request.seq() == null ? List.of() : request.seq()));
    }

    private static Optional<String> peer(String text) {
        // An empty one is a mistake: it must not mean all.
        if (text != null && (text.isEmpty() || text.indexOf('\0') >= 0)) {
            throw RelayException.malformed("query.peer", "This is no Internet address.");
        }
        return Optional.ofNullable(text);
    }
}
