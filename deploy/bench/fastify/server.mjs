// Takes parcels over HTTPS, checks them with the protocol's own library as the relay does, and keeps nothing.
// node server.mjs PORT CERTIFICATE KEY ROOT: PEM, PEM, and the DER of the Internet gateway's own certificate.
import { readFileSync } from 'node:fs';
import core from '@relaycorp/relaynet-core';
import fastify from 'fastify';

const TYPE = 'application/vnd.awala.parcel';
const LONGEST = 8_322_037;
const [port, certificate, key, root] = process.argv.slice(2);

// Of the buffer alone: small ones share their memory.
function octets(buffer) {
  return buffer.buffer.slice(buffer.byteOffset, buffer.byteOffset + buffer.byteLength);
}

const trusted = [core.Certificate.deserialize(octets(readFileSync(root)))];
const server = fastify({
  https: { cert: readFileSync(certificate), key: readFileSync(key) },
  bodyLimit: LONGEST,
});

server.addContentTypeParser(TYPE, { parseAs: 'buffer' }, (request, body, done) => done(null, body));

server.post('/', async (request, reply) => {
  let parcel;
  try {
    parcel = await core.Parcel.deserialize(octets(request.body));
  } catch (error) {
    return reply.code(400).send({ message: error.message });
  }
  try {
    await parcel.validate(trusted);
  } catch (error) {
    return reply.code(403).send({ message: error.message });
  }
  return reply.code(202).send({});
});

await server.listen({ host: '127.0.0.1', port: Number(port) });
