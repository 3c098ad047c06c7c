import { createRequire } from 'node:module';

// As Jest has it: it is a part of Jest, and no dependency of ours.
const ofJest = createRequire(createRequire(import.meta.url).resolve('jest'));
const ofCore = createRequire(ofJest.resolve('@jest/core'));
const { default: Sequencer } = ofCore('@jest/test-sequencer');

const waiting = ['hosts', 'local', 'shared-local'];
/** Those that take longest. What was run here before Jest knows, but each run of CI is the first one. */
const longest = [
  'local/organization',
  'package/package.local',
  'hosts/booted-transaction/confirm',
  'cli/fix.local',
  'hosts/booted-files/lock-out',
  'hosts/booted-postgres/postgres',
  'hosts/roots-postgres/postgres',
  'local/hosts/start',
  'hosts/booted-firewall/bans',
  'local/every-service',
  'local/attacks',
  'local/accounts',
  'hosts/booted-transaction/rollback',
  'hosts/booted-transaction/lock-out',
  'hosts/booted-account/audit',
  'local/remediation/deployed',
  'hosts/booted-transaction/logins',
  'local/remediation/pending',
  'local/remediation/guards',
  'local/clock',
  'local/local-aws',
  'cli/hosts.local',
  'hosts/compile',
];
const rankOf = ({ path, context }) => {
  const place = longest.findIndex((name) => path.endsWith(`/test/${name}.test.ts`));
  if (place >= 0) return place - longest.length;
  return waiting.includes(context.config.displayName?.name) ? 0 : 1;
};

/**
 * First what takes longest, then what waits for a local AWS or a host, then the others: a run does not end with one long
 * file. Within these as Jest does it, by how long they took, or by their size where that is not known.
 */
export default class extends Sequencer {
  sort(tests) {
    return super.sort(tests).toSorted((one, other) => rankOf(one) - rankOf(other));
  }
}
