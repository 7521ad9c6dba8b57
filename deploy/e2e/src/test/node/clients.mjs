// The protocol's own clients, as private gateways and endpoints have them, at two relays. What happens is told on standard
// output, a JSON object a line; the test that starts this judges it.
import core from '@relaycorp/relaynet-core';
import pohttp from '@relaycorp/relaynet-pohttp';
import poweb from '@relaycorp/relaynet-poweb';

const [westPort, eastPort, eastPlainPort] = process.argv.slice(2).map(Number);
const MANY = 12;

function tell(what, more = {}) {
  console.log(JSON.stringify({ what, ...more }));
}

// What a private gateway does first: a key, an authorisation to register it, the registration.
async function register(client) {
  const keys = await core.generateRSAKeyPair();
  const authorization = await client.preRegisterNode(keys.publicKey);
  const request = new core.PrivateNodeRegistrationRequest(keys.publicKey, authorization);
  const registration = await client.registerNode(await request.serialize(keys.privateKey));
  const certificate = registration.privateNodeCertificate;
  tell('registered', {
    id: await core.getIdFromIdentityKey(keys.publicKey),
    certified: await certificate.calculateSubjectId(),
    issuer: certificate.getIssuerId(),
    gateway: await registration.gatewayCertificate.calculateSubjectId(),
    address: registration.internetGatewayInternetAddress,
    sessionKey: registration.sessionKey !== null,
  });
  return { client, keys, certificate, address: registration.internetGatewayInternetAddress };
}

// An endpoint behind a private gateway, which certifies it.
async function endpoint(gateway) {
  const keys = await core.generateRSAKeyPair();
  const certificate = await core.issueEndpointCertificate({
    issuerCertificate: gateway.certificate,
    issuerPrivateKey: gateway.keys.privateKey,
    subjectPublicKey: keys.publicKey,
    validityEndDate: gateway.certificate.expiryDate,
  });
  return { gateway, keys, certificate, id: await core.getIdFromIdentityKey(keys.publicKey) };
}

// The recipient lets somebody send to it.
async function authorize(recipient, sender) {
  return core.issueDeliveryAuthorization({
    issuerCertificate: recipient.certificate,
    issuerPrivateKey: recipient.keys.privateKey,
    subjectPublicKey: sender.publicKey,
    validityEndDate: recipient.certificate.expiryDate,
  });
}

function parcelMaker(sender, authorization, recipient) {
  return async (id, payload = id) => {
    const parcel = new core.Parcel(
      { id: recipient.id, internetAddress: recipient.gateway.address },
      authorization,
      Buffer.from(payload),
      { id, ttl: 3600, senderCaCertificateChain: [recipient.certificate, recipient.gateway.certificate] },
    );
    return Buffer.from(await parcel.serialize(sender.privateKey));
  };
}

function arrayBuffer(buffer) {
  return buffer.buffer.slice(buffer.byteOffset, buffer.byteOffset + buffer.byteLength);
}

function collector(gateway, client = gateway.client) {
  const signer = new core.ParcelCollectionHandshakeSigner(gateway.certificate, gateway.keys.privateKey);
  return async (mode, most, connected) => {
    const ids = [];
    for await (const collection of client.collectParcels([signer], mode, connected)) {
      const parcel = await collection.deserializeAndValidateParcel();
      ids.push(parcel.id);
      await collection.ack();
      if (ids.length === most) {
        break;
      }
    }
    return ids;
  };
}

async function refused(way, attempt) {
  try {
    await attempt();
    tell('taken', { way });
  } catch (error) {
    tell('refused', { way, error: error.constructor.name, message: error.message });
  }
}

function tampered(parcel) {
  const other = Buffer.from(parcel);
  other[other.length - 1] ^= 1;
  return other;
}

const west = await register(poweb.PoWebClient.initRemote('localhost', westPort));
const east = await register(poweb.PoWebClient.initRemote('localhost', eastPort));
const recipient = await endpoint(east);
const sender = await core.generateRSAKeyPair();
const parcel = parcelMaker(sender, await authorize(recipient, sender), recipient);
const eastDoor = `https://localhost:${eastPort}`;

// By PoWeb to one's own relay, and by PoHTTP to the other's, while its gateway listens.
const signer = new core.ParcelDeliverySigner(west.certificate, west.keys.privateKey);
const collect = collector(east);
let connected;
const listening = new Promise((resolve) => (connected = resolve));
const pushed = collect(core.StreamingMode.KEEP_ALIVE, 2, () => connected());
await listening;
const direct = await pohttp.deliverParcel(eastDoor, await parcel('direct'));
tell('delivered', { status: direct.status });
await west.client.deliverParcel(arrayBuffer(await parcel('relayed', 'x'.repeat(1_000_000))), signer);
tell('collected', { how: 'pushed', ids: (await pushed).sort() });

// What waits, in order, until all of it is acknowledged; a repeat is taken and not handed out again.
const waiting = [];
for (let i = 0; i < MANY; i++) {
  waiting.push(`waiting-${String(i).padStart(2, '0')}`);
  await pohttp.deliverParcel(eastDoor, await parcel(waiting[i]));
}
await pohttp.deliverParcel(eastDoor, await parcel('direct'));
tell('collected', { how: 'waiting', ids: await collect(core.StreamingMode.CLOSE_UPON_COMPLETION) });
tell('collected', { how: 'again', ids: await collect(core.StreamingMode.CLOSE_UPON_COMPLETION) });

// Refused, and for good: each client tells by the status.
const stranger = await core.generateRSAKeyPair();
const itsOwn = await core.issueEndpointCertificate({
  issuerPrivateKey: stranger.privateKey,
  subjectPublicKey: stranger.publicKey,
  validityEndDate: recipient.certificate.expiryDate,
});
const unauthorized = parcelMaker(stranger, itsOwn, recipient);
await refused('pohttp, tampered with', async () => pohttp.deliverParcel(eastDoor, tampered(await parcel('bad'))));
await refused('pohttp, not authorised', async () => pohttp.deliverParcel(eastDoor, await unauthorized('bad')));
await refused('pohttp, no parcel', async () => pohttp.deliverParcel(eastDoor, Buffer.from('parcel')));
await refused('poweb, tampered with', async () =>
  west.client.deliverParcel(arrayBuffer(tampered(await parcel('bad'))), signer));
await refused('poweb, not ours', async () =>
  east.client.deliverParcel(arrayBuffer(await parcel('bad')), signer));

// Without TLS, as a private gateway on the same machine may: everything of PoWeb.
const plain = poweb.PoWebClient.initLocal(eastPlainPort);
const near = await register(plain);
const nearEndpoint = await endpoint(near);
const toNear = parcelMaker(sender, await authorize(nearEndpoint, sender), nearEndpoint);
await plain.deliverParcel(
  arrayBuffer(await toNear('near')),
  new core.ParcelDeliverySigner(near.certificate, near.keys.privateKey),
);
tell('collected', { how: 'plain', ids: await collector(near)(core.StreamingMode.CLOSE_UPON_COMPLETION) });
process.exit(0);
