package dev.posthouse.ymp.admin;

import dev.posthouse.ymp.outgoing.DeadLetter;
import dev.posthouse.ymp.outgoing.DeadLetters;
import dev.posthouse.ymp.outgoing.RedriveDeadLetters;
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

/** An operator looks after what could not be sent (YMP, section 9). */
@Path("/admin/dead-letters")
@Produces("application/json")
@RunOnVirtualThread
@RolesAllowed("operator")
final class DeadLettersResource {

    private final DeadLetters letters;
    private final RedriveDeadLetters redriveDeadLetters;

    DeadLettersResource(DeadLetters letters, RedriveDeadLetters redriveDeadLetters) {
        this.letters = letters;
        this.redriveDeadLetters = redriveDeadLetters;
    }

    /**
     * Dead letters.
     *
     * @param messages by host, oldest first
     */
    record DeadLetterList(List<DeadLetter> messages) {}

    /**
     * Which are to be sent again.
     *
     * @param host those of one host; of all without
     * @param seq just these; all without
     */
    record RedriveRequest(String host, @Size(max = 1_000) List<@NotNull Long> seq) {}

    /**
     * What came of it.
     *
     * @param redriven how many wait again
     */
    record Redriven(int redriven) {}

    @GET
    public DeadLetterList list(
            @QueryParam("host") String host, @QueryParam("max") @DefaultValue("100") String max) {
        int most = Page.size(max);
        return new DeadLetterList(
                QuarkusTransaction.requiringNew()
                        .call(() -> letters.list(Optional.ofNullable(host).map(Page::host), most)));
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
                        Optional.ofNullable(request.host()).map(Page::host),
                        request.seq() == null ? List.of() : request.seq()));
    }
}
