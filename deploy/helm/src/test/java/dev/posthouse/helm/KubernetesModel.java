package dev.posthouse.helm;

import static java.util.Map.entry;

import com.fasterxml.jackson.databind.JsonNode;
import com.google.gson.JsonElement;
import com.google.gson.JsonParser;
import io.kubernetes.client.openapi.models.V1ConfigMap;
import io.kubernetes.client.openapi.models.V1Deployment;
import io.kubernetes.client.openapi.models.V1NetworkPolicy;
import io.kubernetes.client.openapi.models.V1PodDisruptionBudget;
import io.kubernetes.client.openapi.models.V1Service;
import io.kubernetes.client.openapi.models.V1ServiceAccount;
import io.kubernetes.client.openapi.models.V2HorizontalPodAutoscaler;
import java.io.IOException;
import java.util.List;
import java.util.Map;

/**
 * What the Kubernetes API says of a document's structure: its generated model finds unknown and
 * missing fields when it validates, and wrong types when it reads. Each alone misses something.
 * Kinds of other makers have no class there; a {@link Shape} stands for each.
 */
final class KubernetesModel {

    private static final Map<String, Model> MODELS =
            Map.ofEntries(
                    entry(
                            "v1 ConfigMap",
                            new Model(V1ConfigMap::validateJsonElement, V1ConfigMap::fromJson)),
                    entry(
                            "v1 Service",
                            new Model(V1Service::validateJsonElement, V1Service::fromJson)),
                    entry(
                            "v1 ServiceAccount",
                            new Model(
                                    V1ServiceAccount::validateJsonElement,
                                    V1ServiceAccount::fromJson)),
                    entry(
                            "apps/v1 Deployment",
                            new Model(V1Deployment::validateJsonElement, V1Deployment::fromJson)),
                    entry(
                            "autoscaling/v2 HorizontalPodAutoscaler",
                            new Model(
                                    V2HorizontalPodAutoscaler::validateJsonElement,
                                    V2HorizontalPodAutoscaler::fromJson)),
                    entry(
                            "networking.k8s.io/v1 NetworkPolicy",
                            new Model(
                                    V1NetworkPolicy::validateJsonElement,
                                    V1NetworkPolicy::fromJson)),
                    entry(
                            "policy/v1 PodDisruptionBudget",
                            new Model(
                                    V1PodDisruptionBudget::validateJsonElement,
                                    V1PodDisruptionBudget::fromJson)));

    private KubernetesModel() {}

    private record Model(Validator validator, Reader reader) {}

    private interface Validator {
        void validate(JsonElement json) throws IOException;
    }

    private interface Reader {
        Object read(String json) throws IOException;
    }

    /** Fails, naming the document, when it is not what its kind must be. */
    static void check(JsonNode document) {
        String kind = document.path("apiVersion").asText() + " " + document.path("kind").asText();
        String subject = kind + " " + Manifests.name(document);
        Model model = MODELS.get(kind);
        if (model == null) {
            List<String> faults = Shape.of(kind).faults(document);
            if (!faults.isEmpty()) {
                throw new AssertionError(subject + ": " + faults);
            }
            return;
        }
        try {
            String json = document.toString();
            model.validator().validate(JsonParser.parseString(json));
            model.reader().read(json);
        } catch (IOException | RuntimeException fault) {
            throw new AssertionError(subject + ": " + fault.getMessage(), fault);
        }
    }
}
