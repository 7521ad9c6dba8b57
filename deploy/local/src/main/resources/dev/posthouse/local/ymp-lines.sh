shop() { curl -sS --cacert @trust_anchor@ --cert @cert@ --key @key@ -H 'Content-Type: application/json' "$@"; echo; }
shop @second@/.well-known/ymp
shop @first@/messages -d '{"host": "@second_host@", "protocol": "chat", "service": "room", "action": "say",
  "sender": {"protocol": "chat", "service": "room"}, "payload": {"text": "hello"}}'
shop '@second@/inbox?wait=20'
