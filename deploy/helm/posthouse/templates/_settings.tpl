{{/* What the chart alone decides: of (dict "root" $ "services" … "name" <service>). */}}
{{- define "posthouse.ownSettings" -}}
{{- $root := .root -}}
{{- $services := .services -}}
{{- $name := .name -}}
{{- $service := get $services $name -}}
{{- $own := dict
      "quarkus.http.ssl-port" (int $service.port)
      "quarkus.management.port" (int $service.managementPort)
      "quarkus.shutdown.delay" (printf "%dS" (int $service.shutdown.delaySeconds))
      "quarkus.shutdown.timeout" (printf "%dS" (int $service.shutdown.drainSeconds))
      "quarkus.tls.peer.key-store.pem.0.cert" "/etc/posthouse/identity/tls.crt"
      "quarkus.tls.peer.key-store.pem.0.key" "/etc/posthouse/identity/tls.key"
      "quarkus.tls.peer.trust-store.pem.certs" "/etc/posthouse/identity/ca.crt"
      "quarkus.datasource.jdbc.url" (include "posthouse.jdbcUrl" (dict "database" $service.database "tls" $root.Values.database.tls))
      "kafka.bootstrap.servers" (join "," $root.Values.kafka.bootstrapServers) -}}
{{- range $called, $call := $service.calls -}}
{{- $url := include "posthouse.calledUrl" (dict "root" $root "services" $services "caller" $name "name" $called "call" $call) -}}
{{- if $call.setting -}}{{- $_ := set $own $call.setting $url -}}{{- end -}}
{{- end -}}
{{- with $service.strangers -}}
{{- if and .setting .ports -}}{{- $_ := set $own .setting (join "," .ports) -}}{{- end -}}
{{- end -}}
{{- range $file, $source := $service.files -}}
{{- if $source.setting -}}
{{- $before := get $own $source.setting -}}
{{- $path := printf "/etc/posthouse/files/%s" $file -}}
{{- $_ := set $own $source.setting (ternary (printf "%s,%s" $before $path) $path (ne $before "")) -}}
{{- end -}}
{{- end -}}
{{- toYaml $own -}}
{{- end -}}

{{- define "posthouse.jdbcUrl" -}}
{{- $url := printf "jdbc:postgresql://%s:%d/%s?sslmode=%s" .database.host (int .database.port) .database.name .tls.mode -}}
{{- if .tls.caSecret -}}
{{- printf "%s&sslrootcert=/etc/posthouse/database/%s" $url .tls.caKey -}}
{{- else if hasPrefix "verify" .tls.mode -}}
{{- fail (printf "database.tls.caSecret: mode %s wants the secret with the CA of PostgreSQL's certificate" .tls.mode) -}}
{{- else -}}
{{- $url -}}
{{- end -}}
{{- end -}}

{{/* What the chart proposes and `settings` may say otherwise. */}}
{{- define "posthouse.proposedSettings" -}}
{{- $tls := .Values.kafka.tls -}}
{{- $proposed := dict -}}
{{- if $tls.enabled -}}
{{- $_ := set $proposed "kafka.security.protocol" "SSL" -}}
{{- if $tls.secret -}}
{{- $_ := set $proposed "kafka.ssl.truststore.type" "PEM" -}}
{{- $_ := set $proposed "kafka.ssl.truststore.location" (printf "/etc/posthouse/kafka/%s" $tls.trustKey) -}}
{{- if $tls.identityKey -}}
{{- $_ := set $proposed "kafka.ssl.keystore.type" "PEM" -}}
{{- $_ := set $proposed "kafka.ssl.keystore.location" (printf "/etc/posthouse/kafka/%s" $tls.identityKey) -}}
{{- end -}}
{{- end -}}
{{- end -}}
{{- toYaml $proposed -}}
{{- end -}}

{{/* config/application.properties of a service. A file, since not every setting has one clear environment name. */}}
{{- define "posthouse.properties" -}}
{{- $root := .root -}}
{{- $name := .name -}}
{{- $service := get .services $name -}}
{{- $own := include "posthouse.ownSettings" . | fromYaml -}}
{{- $all := include "posthouse.proposedSettings" $root | fromYaml -}}
{{- range $key, $value := $service.settings -}}
{{- if hasKey $own $key -}}
{{- fail (printf "services.%s.settings: %s is set by the chart, from ports, database, kafka, identity, shutdown, calls, strangers or files" $name $key) -}}
{{- end -}}
{{- if regexMatch "(password|secret|passphrase|jaas\\.config)$" $key -}}
{{- fail (printf "services.%s.settings: %s is a secret; give it as env from a secret, or as a file" $name $key) -}}
{{- end -}}
{{- $_ := set $all $key (tpl (include "posthouse.text" $value) $root) -}}
{{- end -}}
{{- range $key := $service.required -}}
{{- if not (get $all $key) -}}
{{- fail (printf "services.%s.settings: %s has no default; say it" $name $key) -}}
{{- end -}}
{{- end -}}
{{- range $key, $value := merge $own $all }}
{{ $key }}={{ include "posthouse.text" $value | replace "\\" "\\\\" }}
{{- end -}}
{{- end -}}
