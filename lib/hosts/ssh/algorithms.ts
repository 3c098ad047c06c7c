import type { Setting } from '../control.ts';

const without = (name: string, weak: readonly string[]) =>
  ({ name, expect: { noneOf: weak } }) satisfies Setting;

/** 64-bit blocks, RC4, and CBC, whose padding can be read from the answers. */
export const weakCiphers = without('Ciphers', [
  '3des-cbc',
  'aes128-cbc',
  'aes192-cbc',
  'aes256-cbc',
  'rijndael-cbc@lysator.liu.se',
  'blowfish-cbc',
  'cast128-cbc',
  'arcfour',
  'arcfour128',
  'arcfour256',
  // Of builds that were patched for speed.
  'none',
]);
/** SHA-1, MD5, RIPEMD, and tags of 64 or 96 bits. */
export const weakMacs = without('MACs', [
  'hmac-md5',
  'hmac-md5-96',
  'hmac-md5-etm@openssh.com',
  'hmac-md5-96-etm@openssh.com',
  'hmac-sha1',
  'hmac-sha1-96',
  'hmac-sha1-etm@openssh.com',
  'hmac-sha1-96-etm@openssh.com',
  'hmac-sha2-256-96',
  'hmac-sha2-512-96',
  'hmac-ripemd160',
  'hmac-ripemd160@openssh.com',
  'hmac-ripemd160-etm@openssh.com',
  'none',
  'umac-64@openssh.com',
  'umac-64-etm@openssh.com',
]);
/** SHA-1, small groups, and the NIST curves, whose constants nobody can explain. */
export const weakKeyExchanges = without('KexAlgorithms', [
  'diffie-hellman-group1-sha1',
  'diffie-hellman-group14-sha1',
  'diffie-hellman-group-exchange-sha1',
  'ecdh-sha2-nistp256',
  'ecdh-sha2-nistp384',
  'ecdh-sha2-nistp521',
]);
const hostKeys = [
  'ssh-dss',
  'ssh-rsa',
  'ecdsa-sha2-nistp256',
  'ecdsa-sha2-nistp384',
  'ecdsa-sha2-nistp521',
];
/** A certificate is signed with the key of the same name. */
export const weakHostKeys = without('HostKeyAlgorithms', [
  ...hostKeys,
  ...hostKeys.map((name) => `${name}-cert-v01@openssh.com`),
]);
