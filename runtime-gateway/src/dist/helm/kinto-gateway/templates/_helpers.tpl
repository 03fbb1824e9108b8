{{- define "kinto.name" -}}
{{- if contains .Chart.Name .Release.Name }}{{ .Release.Name | trunc 52 | trimSuffix "-" }}{{ else }}{{ printf "%s-%s" .Release.Name .Chart.Name | trunc 52 | trimSuffix "-" }}{{ end }}
{{- end }}

{{- define "kinto.selector" -}}
app.kubernetes.io/name: {{ .Chart.Name }}
app.kubernetes.io/instance: {{ .Release.Name }}
{{- end }}

{{- define "kinto.labels" -}}
{{ include "kinto.selector" . }}
app.kubernetes.io/version: {{ .Chart.AppVersion | quote }}
app.kubernetes.io/managed-by: {{ .Release.Service }}
{{- end }}

{{/* Whether there is a grid of several gateways. */}}
{{- define "kinto.several" -}}
{{- if gt (int .Values.replicas) 1 }}yes{{ end }}
{{- end }}

{{/* What the chart writes into gateway.yaml; a change of it needs a restart. */}}
{{- define "kinto.fixed" -}}
listeners:
  {{- range $listener, $port := dict "api" 8080 "public" 8081 }}
  {{ $listener }}:
    host: 0.0.0.0
    port: {{ $port }}
    {{- if $.Values.tls.secret }}
    tls: { certificate: /etc/kinto-tls/tls.crt, key: /etc/kinto-tls/tls.key }
    {{- end }}
  {{- end }}
  admin: { host: 0.0.0.0, port: 9090 }    # for the nodes' probes; the NetworkPolicy lets nobody else in
tokens:
  keys:
    {{- range .Values.tokenKeys.ids }}
    - { id: {{ . }}, secretFile: /etc/kinto-token-keys/{{ . }} }
    {{- end }}
drain: { delay: PT{{ int .Values.drain.delaySeconds }}S, timeout: PT{{ int .Values.drain.timeoutSeconds }}S }
dataDirectory: /var/lib/kinto
grid:
  memory: {{ .Values.grid.memory }}
  {{- if .Values.persistence.enabled }}
  persistence: /var/lib/kinto/grid
  fsync: {{ .Values.persistence.fsync }}
  {{- end }}
  {{- if include "kinto.several" . }}
  mode: cluster
  name: {{ .Values.grid.name }}
  address: { host: "${POD_IP}", discoveryPort: 47500, dataPort: 47100 }
  members: [ "{{ include "kinto.name" . }}-grid.{{ .Release.Namespace }}.svc.{{ .Values.clusterDomain }}:47500" ]
  size: {{ int .Values.replicas }}
  {{- if .Values.grid.insecure }}
  insecure: true
  {{- else }}
  tls: { certificate: /etc/kinto-grid-tls/tls.crt, key: /etc/kinto-grid-tls/tls.key, trust: /etc/kinto-grid-tls/ca.crt }
  {{- end }}
  {{- end }}
{{- end }}

{{/* What cannot be meant, with the mend. */}}
{{- define "kinto.check" -}}
{{- if and (ne (int .Values.replicas) 0) (eq (mod (int .Values.replicas) 2) 0) }}
{{- fail (printf "replicas must be odd: of an even number one half may be cut off from the other. Found: %d" (int .Values.replicas)) }}
{{- end }}
{{- if not .Values.tokenKeys.ids }}
{{- fail "tokenKeys.ids must name the keys of the Secret that sign tokens, such as [ k1 ]. Found: none" }}
{{- end }}
{{- range list "listeners" "tokens" "drain" "dataDirectory" "grid" }}
{{- if hasKey $.Values.gateway . }}
{{- fail (printf "gateway.%s is written by the chart. Set it by the chart's own values." .) }}
{{- end }}
{{- end }}
{{- end }}
