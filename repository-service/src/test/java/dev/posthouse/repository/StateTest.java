package dev.posthouse.repository;

import static org.hamcrest.Matchers.equalTo;

import dev.posthouse.testing.ServiceResource;
import dev.posthouse.testing.TestDoor;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import java.net.URI;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(
        value = ServiceResource.class,
        initArgs = {
            @ResourceArg(name = "module", value = "repository-service"),
            @ResourceArg(name = "repository.public-url", value = "https://localhost"),
            @ResourceArg(
                    name = "repository.access-keys",
                    value = "${test.directory}/access-keys.jwks")
        })
class StateTest {
    @TestHTTPResource(value = "", tls = true)
    URI url;

    @Test
    void tellsTheProxy() {
        new TestDoor(url)
                .as("proxy-service")
                .get("/state")
                .then()
                .log()
                .all()
                .statusCode(200)
                .header("Content-Type", equalTo("application/json"));
        new TestDoor(url).as("relay-service").get("/state").then().log().all().statusCode(403);
        new TestDoor(url).anonymous().get("/state").then().log().all().statusCode(401);
        new TestDoor(url).anonymous().get("/nothing").then().log().all().statusCode(404);
        new TestDoor(url).anonymous().get("/cert").then().log().all().statusCode(405);
        new TestDoor(url)
                .anonymous()
                .contentType("application/json")
                .body("{}")
                .post("/a.b.c")
                .then()
                .log()
                .all()
                .statusCode(404);
    }
}
