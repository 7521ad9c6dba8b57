anchor=@trust_anchor@
root=@device_root@
session=$(openssl rand -hex 32)
openssl req -new -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -keyout device.key \
  -subj "/CN=$session" -addext subjectAltName=IP:127.0.0.1 -out device.csr
answer=$(curl -sS --cacert "$anchor" -H 'Content-Type: application/json' @proxy@/csr \
  -d "{\"session_name\":\"$session\",\"csr\":\"$(base64 device.csr | tr -d '\n')\"}")
echo "$answer"
sleep "$(echo "$answer" | sed 's/.*"lead_time":\([0-9]*\).*/\1/')"
curl -sS --cacert "$anchor" -H 'Content-Type: application/json' -d "{\"session_name\":\"$session\"}" \
  "$(echo "$answer" | sed 's/.*"access_url":"\([^"]*\)".*/\1/')" \
  | sed 's/.*"cert":"\([^"]*\)".*/\1/' | openssl base64 -d -A > device.crt
openssl verify -x509_strict -purpose sslserver -verify_ip 127.0.0.1 \
  -CAfile "$root" -untrusted device.crt device.crt
