import { describe, it } from '@jest/globals';
import { sdkClients } from '../../../lib/aws/clients.ts';
import { createReader } from '../../../lib/aws/reader.ts';
import { resourceTypes } from '../../../lib/resources/every.ts';
import { triedTurns } from './turns/tried.ts';
import { account, controlsOf, region, type Turn } from './turns/turn.ts';
import { finding, pathMillis } from './world.ts';

const clients = sdkClients({
  region,
  endpoint: process.env['PLUMBLINE_TEST_PATH'] ?? 'http://none',
  credentials: { accessKeyId: 'mallory', secretAccessKey: 'any' },
  answerSeconds: 60,
});

/** The ARN that findings name. */
const arnNow = async ({ type: name }: Turn, id: string): Promise<string> => {
  const type = resourceTypes.find((one) => one.type === name);
  if (!type) throw new Error(`there is no ${name}`);
  if (type.arn) return type.arn({ account, region, id });
  const reader = createReader({ account, region, clients, clientsIn: () => clients });
  const reading = await reader.read(type, { account, region, id }, ['about']);
  const about = reading.gone ? undefined : reading.facets['about'];
  if (!about || !('value' in about)) throw new Error(`${name} ${id} tells no ARN`);
  return Object(about.value).arn;
};

// A control that has a plan goes the path with it: test/local/remediation.
describe('what has no plan, from call to finding and back', () => {
  it.each(triedTurns.map((turn) => [controlsOf(turn).join(', '), turn] as const))(
    '%s',
    async (_, turn) => {
      const id = await turn.make(clients);
      const resource = await arnNow(turn, id);
      const all = controlsOf(turn).map((control) => ({ control, resource, at: region }));
      for (const one of all) await finding({ ...one, status: 'PASSED' });
      const other = await turn.wrong(clients, id);
      const wrong = typeof other === 'string' ? other : id;
      const at = await arnNow(turn, wrong);
      const failed = all.map((one) => ({ ...one, resource: at }));
      // What reads it for another reason, such as a sweep, may find it before its event is heard, and names nobody yet.
      for (const one of failed)
        await finding({ ...one, status: 'FAILED', by: `arn:aws:iam::${account}:user/mallory` });
      await turn.right(clients, wrong);
      // What failed is resolved, whatever ARN another one of its name has.
      const end = turn.isArchived
        ? { recordState: 'ARCHIVED' as const }
        : { status: 'PASSED' as const };
      for (const one of failed) await finding({ ...one, ...end });
    },
    pathMillis,
  );
});
