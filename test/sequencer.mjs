import { createRequire } from 'node:module';

// As Jest has it: it is a part of Jest, and no dependency of ours.
const ofJest = createRequire(createRequire(import.meta.url).resolve('jest'));
const ofCore = createRequire(ofJest.resolve('@jest/core'));
const { default: Sequencer } = ofCore('@jest/test-sequencer');

const waiting = ['hosts', 'local', 'shared-local'];
/** Those that take longest, by the processor's time. What was run here before Jest knows, but each run of CI is the first one. */
const longest = [
  'package/package.local',
  'hosts/booted-account/audit',
  'local/hosts/start',
  'hosts/booted-transaction/confirm',
  'hosts/booted-transaction/lock-out',
  'hosts/booted-transaction/rollback',
  'hosts/roots-postgres/postgres',
  'local/local-aws',
  'local/remediation/every-other-resource',
  'local/remediation/every-bucket-and-group',
  'local/remediation/storm',
  'local/every-service',
  'cli/fix.local',
  'local/accounts',
  'local/path/turns',
  'local/remediation/guards',
  'local/remediation/killed',
  'local/remediation/pending',
  'local/remediation/interrupted',
  'local/attacks',
  'local/organization',
  'cli/wrong-turns.program',
  'scripts/script-arguments.program',
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
