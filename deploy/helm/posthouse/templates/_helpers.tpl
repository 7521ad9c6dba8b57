{{/* What names begin with. */}}
{{- define "posthouse.fullname" -}}
{{- if .Values.fullnameOverride -}}
{{- .Values.fullnameOverride -}}
{{- else if contains .Chart.Name .Release.Name -}}
{{- .Release.Name | trunc 40 | trimSuffix "-" -}}
{{- else -}}
{{- printf "%s-%s" .Release.Name .Chart.Name | trunc 40 | trimSuffix "-" -}}
{{- end -}}
{{- end -}}

{{/* The services of this release, each block completed by the defaults. */}}
{{- define "posthouse.services" -}}
{{- $root := . -}}
{{- $services := dict -}}
{{- range $name, $block := .Values.services -}}
{{- $service := mergeOverwrite (deepCopy $root.Values.defaults) (deepCopy $block) -}}
{{- if $service.enabled -}}
{{- $fullname := printf "%s-%s" (include "posthouse.fullname" $root) $name -}}
{{- $database := $service.database | default dict -}}
{{- $identity := $service.identity | default dict -}}
{{- $_ := set $service "fullname" $fullname -}}
{{- $_ := set $service "module" ($service.module | default (printf "%s-service" $name)) -}}
{{- $_ := set $service "managementPort" ($service.managementPort | default (add $service.port 1000)) -}}
{{- $_ := set $service "servicePort" ($service.service.port | default $service.port) -}}
{{- $_ := set $service "most" (ternary $service.autoscaling.minReplicas $service.replicas $service.autoscaling.enabled | int) -}}
{{- $_ := set $service "identitySecret" ($identity.secret | default (printf "%s-identity" $fullname)) -}}
{{- $_ := set $service "database" (dict
      "name" ($database.name | default (printf "posthouse_%s" ($name | replace "-" "_")))
      "host" ($database.host | default $root.Values.database.host)
      "port" ($database.port | default $root.Values.database.port)
      "to" ($database.to | default $root.Values.database.to)
      "secret" ($database.secret | default (printf "%s-database" $fullname))
      "usernameKey" ($database.usernameKey | default "username")
      "passwordKey" ($database.passwordKey | default "password")) -}}
{{- $_ := set $services $name $service -}}
{{- end -}}
{{- end -}}
{{- toYaml $services -}}
{{- end -}}

{{/* Which pods: of (dict "root" $ "name" <service>). */}}
{{- define "posthouse.selector" -}}
app.kubernetes.io/name: {{ .root.Chart.Name }}
app.kubernetes.io/instance: {{ .root.Release.Name }}
app.kubernetes.io/component: {{ .name }}
{{- end -}}

{{- define "posthouse.labels" -}}
app.kubernetes.io/name: {{ .Chart.Name }}
app.kubernetes.io/instance: {{ .Release.Name }}
app.kubernetes.io/version: {{ .Values.image.tag | default .Chart.AppVersion | quote }}
app.kubernetes.io/managed-by: {{ .Release.Service }}
helm.sh/chart: {{ printf "%s-%s" .Chart.Name .Chart.Version | replace "+" "_" }}
{{- end -}}

{{- define "posthouse.image" -}}
{{- $image := .service.image | default dict -}}
{{- $values := .root.Values.image -}}
{{- $repository := $image.repository | default (printf "%s/%s" $values.prefix .service.module) -}}
{{- if $image.digest -}}
{{- printf "%s@%s" $repository $image.digest -}}
{{- else -}}
{{- printf "%s:%s" $repository ($image.tag | default $values.tag | default .root.Chart.AppVersion) -}}
{{- end -}}
{{- end -}}

{{/* Prefix of every AccessURL. */}}
{{- define "posthouse.repositoryUrl" -}}
{{- if .Values.repositoryUrl -}}
{{- .Values.repositoryUrl -}}
{{- else -}}
{{- $repository := get (include "posthouse.services" . | fromYaml) "repository" -}}
{{- if not $repository -}}
{{- fail "repositoryUrl: say where devices collect their certificates; this release has no repository of its own" -}}
{{- end -}}
{{- printf "https://%s.%s.svc:%d" $repository.fullname .Release.Namespace (int $repository.servicePort) -}}
{{- end -}}
{{- end -}}

{{/* Where one service finds another: of (dict "root" $ "services" … "caller" <name> "name" <name> "call" …). */}}
{{- define "posthouse.calledUrl" -}}
{{- if .call.url -}}
{{- .call.url -}}
{{- else if hasKey .services .name -}}
{{- $called := get .services .name -}}
{{- printf "https://%s.%s.svc:%d" $called.fullname .root.Release.Namespace (int $called.servicePort) -}}
{{- else -}}
{{- fail (printf "services.%s.calls.%s.url: say where it is; this release has no service %s" .caller .name .name) -}}
{{- end -}}
{{- end -}}

{{/* The port of an https URL. */}}
{{- define "posthouse.portOf" -}}
{{- $authority := (urlParse .).host -}}
{{- if contains ":" $authority -}}{{ regexFind "[0-9]+$" $authority }}{{- else -}}443{{- end -}}
{{- end -}}

{{/* A number as a person writes it: YAML readers hand over 1000000 as 1e+06. */}}
{{- define "posthouse.text" -}}
{{- if kindIs "float64" . -}}{{ int64 . }}{{- else -}}{{ . }}{{- end -}}
{{- end -}}
