import { createQueues } from '../../../lib/aws/queues.ts';
import { keyOf } from '../../../lib/engine/changes/change.ts';
import { parseChanges } from '../../../lib/pipeline/evaluate/parse-changes.ts';
import { parseHostMessage } from '../../../lib/pipeline/hosts/audit/host-message.ts';
import { hostResults } from '../../../lib/pipeline/hosts/results/host-results.ts';
import { answerClick } from '../../../lib/pipeline/remediate/custom-action.ts';
import { exempt } from '../../../lib/pipeline/remediate/exempt.ts';
import { catalogueTypes } from '../../../lib/pipeline/runtime/catalogue.ts';
import type { Remediation, Runtime } from '../../../lib/pipeline/runtime/runtime.ts';
import { account, region } from '../../fakes/fake-resource.ts';
import { givenHost } from '../../fakes/given-host.ts';
import { heard, provenanceOf } from '../../fakes/heard.ts';
import { failing } from '../../fakes/host-world-catalogue.ts';

const { world, print, audit } = givenHost();
const granted = { owner: 'data team', reason: 'moves in May', expires: '2999-05-31T23:59:59.999Z' };

/** The queues as deployed, and what was put on each. */
const sending = () => {
  const sent: { queue: string; body: object }[] = [];
  const sqs = {
    sendMessageBatch: async (batch: { QueueUrl: string; Entries: { MessageBody: string }[] }) => {
      for (const { MessageBody } of batch.Entries)
        sent.push({ queue: batch.QueueUrl, body: JSON.parse(MessageBody) });
      return {};
    },
  } as unknown as Parameters<typeof createQueues>[0];
  const urls = { changes: 'changes', sweeps: 'sweeps', pages: 'pages' };
  const take = (queue: string) => sent.splice(0).flatMap((one) => (one.queue === queue ? one : []));
  const create = (hostResults?: string) =>
    createQueues(
      sqs,
      { ...urls, ...(hostResults !== undefined && { hostResults }) },
      { home: { account, homeRegion: region } },
    );
  return { create, take };
};

/** What evaluates changes: it knows no hosts but the queue of those who listen to them. */
const evaluating = (queues: Runtime['queues']): Runtime => ({
  ...world().hosts.runtime,
  baseline: { ...world().hosts.runtime.baseline, securityHub: { actions: true } },
  types: catalogueTypes,
  queues,
});
const now = () => world().hosts.runtime.clock();
const finding = () => world().findingOf('i-1', 'PL.SSH.1');
const ref = { account, region, id: 'i-1' };
const key = keyOf({ type: 'Host::EC2::Instance', ref });

describe('a person’s word on a host', () => {
  beforeEach(async () => {
    print(failing('PL.SSH.1'));
    await audit();
    world().later(1000);
  });
  /** Everything that is on the queues goes its way. */
  const deliver = async ({ create, take }: ReturnType<typeof sending>) => {
    for (const { body } of take('changes')) {
      const taken = await parseChanges(body, evaluating(create('results')), heard(body, now()));
      expect(taken).toMatchObject({ items: [], ids: { changes: [{ id: 'i-1' }] } });
      await taken.afterwards?.();
    }
    const message = take('results').flatMap(
      ({ body }) =>
        parseHostMessage(body, world().hosts.runtime.place, provenanceOf(body, now())).items,
    );
    expect(message).toEqual([{ type: 'review', host: 'i-1' }]);
    return hostResults(message, world().hosts);
  };

  it('is on its finding before anything is audited again, and so is its end', async () => {
    const queues = sending();
    const { posture } = world().hosts.runtime;
    const before = world().rowOf('i-1')?.controls;
    await exempt(key, 'PL.SSH.1', granted, { posture, queues: queues.create() });
    expect(await deliver(queues)).toEqual([{ done: 1 }]);
    expect(finding()).toMatchObject({
      Compliance: { Status: 'FAILED' },
      Severity: { Label: 'INFORMATIONAL' },
      ProductFields: { 'plumbline/exemptionOwner': 'data team' },
    });
    await exempt(key, 'PL.SSH.1', undefined, { posture, queues: queues.create() });
    await deliver(queues);
    expect(finding()).toMatchObject({
      Compliance: { Status: 'FAILED' },
      Severity: { Label: 'MEDIUM' },
    });
    const after = world().rowOf('i-1')?.controls;
    expect(after?.['PL.SSH.1']?.verdict).toEqual(before?.['PL.SSH.1']?.verdict);
    expect(after?.['PL.NET.1']).toEqual(before?.['PL.NET.1']);
  });

  it('counts when it is given by a click in Security Hub', async () => {
    const queues = sending();
    const { Id = '', ProductArn = '' } = finding() ?? {};
    const click = { eventId: 'e-1', action: 'PlumblineExempt', finding: { Id, ProductArn } };
    const runtime = evaluating(queues.create());
    const baseline = { ...runtime.baseline, securityHub: { actions: true } };
    await answerClick(click, { ...runtime, baseline, remediation: {} as Remediation });
    await deliver(queues);
    expect(finding()).toMatchObject({
      Severity: { Label: 'INFORMATIONAL' },
      ProductFields: { 'plumbline/exemptionConfirmed': 'no' },
    });
  });

  it('is the same when it is heard twice, and nothing where the host was never evaluated', async () => {
    const queues = sending();
    const { posture } = world().hosts.runtime;
    await exempt(key, 'PL.SSH.1', granted, { posture, queues: queues.create() });
    await deliver(queues);
    const told = structuredClone(finding());
    const again = { type: 'review', host: 'i-1' } as const;
    expect(await hostResults([again, { type: 'review', host: 'i-9' }], world().hosts)).toEqual([
      { done: 0 },
      { done: 0 },
    ]);
    expect(finding()).toEqual(told);
    expect(world().rowOf('i-9')).toBeUndefined();
  });

  it('is dropped where the stack audits no hosts', async () => {
    const queues = sending();
    const body = {
      version: 1,
      type: 'Host::EC2::Instance',
      facets: 'all',
      cause: { kind: 'review' },
    };
    const taken = await parseChanges({ ...body, ref }, evaluating(queues.create()), heard(body));
    expect(taken).toEqual({ items: [], dropped: 'unknown', ids: {} });
    expect(queues.take('results')).toEqual([]);
  });
});
