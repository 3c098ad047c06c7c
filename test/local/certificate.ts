import { generateKeyPairSync, sign } from 'node:crypto';

/** DER: a tag, the length of what follows, and that. */
const der = (tag: number, ...parts: readonly Buffer[]): Buffer => {
  const body = Buffer.concat(parts);
  const { length } = body;
  const long = length < 256 ? [0x81, length] : [0x82, length >> 8, length & 255];
  const size = length < 128 ? [length] : long;
  return Buffer.concat([Buffer.from([tag, ...size]), body]);
};
const sequence = (...parts: readonly Buffer[]) => der(0x30, ...parts);
const hex = (text: string) => Buffer.from(text, 'hex');
/** `261201160000Z` */
const time = (at: Date) =>
  der(0x17, Buffer.from(`${at.toISOString().replace(/\D/g, '').slice(2, 14)}Z`));
const ecdsaWithSha256 = sequence(der(0x06, hex('2a8648ce3d040302')));
const commonName = der(0x06, hex('550403'));

const pem = (label: string, body: Buffer) =>
  `-----BEGIN ${label}-----\n${body.toString('base64').replace(/.{64}/g, '$&\n')}\n-----END ${label}-----\n`;

/** A certificate that signs itself, until a time, to the second; with its key. */
export const certificateUntil = (end: Date) => {
  const { publicKey, privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const name = sequence(der(0x31, sequence(commonName, der(0x0c, Buffer.from('example.com')))));
  const validity = sequence(time(new Date(Date.now() - 3_600_000)), time(end));
  const key = publicKey.export({ type: 'spki', format: 'der' });
  const serial = der(0x02, hex('01'));
  const toSign = sequence(serial, ecdsaWithSha256, name, validity, name, key);
  const signature = der(0x03, hex('00'), sign('sha256', toSign, privateKey));
  return {
    CertificateBody: pem('CERTIFICATE', sequence(toSign, ecdsaWithSha256, signature)),
    PrivateKey: privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
  };
};
