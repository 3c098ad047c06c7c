import { auditHosts } from '../../../lib/pipeline/hosts/audit/audit-hosts.ts';
import { hostResults } from '../../../lib/pipeline/hosts/results/host-results.ts';
import { answerClick } from '../../../lib/pipeline/remediate/custom-action.ts';
import { givenHardening } from '../../fakes/given-hardening.ts';
import { hardening } from '../../fakes/host-world-catalogue.ts';

const host = givenHardening();
const { world, memory, settle, ask, askUndo, actionOf, sent, names, lie } = host;
const minutes = (count: number) => world().later(count * 60_000);
const statusOf = (control: string) => world().findingOf('i-1', control)?.Compliance?.Status;
/** Changes what a host prints of one document. */
const forged = (document: string, change: (honest: string) => string) =>
  lie((name, honest) => (name === document ? change(honest) : honest));

const acting = () => {
  const { runtime } = world().hosts;
  const baseline = { ...runtime.baseline, securityHub: { actions: true } };
  return { ...runtime, baseline, remediation: memory().remediation };
};

describe('a fix on a host', () => {
  it('is shown on the finding, where it was tried, and only where its control plans', () => {
    const planOf = (control: string) =>
      world().findingOf('i-1', control)?.ProductFields?.['plumbline/plan'];
    expect(planOf('PL.SSH.1')).toMatch(/put PL\.SSH\.1 right with Plumbline-HardenHost-ssh/);
    expect(planOf('PL.NET.1')).toBeUndefined();
  });

  it('is hardened, confirmed and audited again before it is called verified', async () => {
    const id = ask();
    await settle();
    expect(names()).toEqual(['HardenHost-ssh', 'ConfirmHost']);
    expect(sent()[0]).toMatchObject({
      InstanceIds: ['i-1'],
      DocumentVersion: '3',
      DocumentHashType: 'Sha256',
      Parameters: { Controls: ['PL.SSH.1'], DryRun: ['no'], Install: ['no'] },
    });
    const { state, calls = [], plan } = actionOf(id) ?? {};
    expect(state).toBe('VERIFIED');
    expect(calls.map(({ result }) => result)).toEqual(['done', 'done']);
    const [command] = calls;
    expect(sent()[1]?.Parameters).toEqual({ Id: [command?.command] });
    expect(JSON.stringify(plan)).not.toContain('first command');
    expect(statusOf('PL.SSH.1')).toBe('PASSED');
    expect(world().rowOf('i-1')).not.toHaveProperty('awaits');
    expect(world().rowOf('i-1')?.controls['PL.SSH.1']?.lastAction).toBe(id);
  });

  it('is taken back by the id of its command, fails again, and is left alone', async () => {
    const id = ask();
    await settle();
    const undone = askUndo(id);
    await settle();
    expect(names()).toEqual(['HardenHost-ssh', 'ConfirmHost', 'RollbackHost']);
    const [command] = actionOf(id)?.calls ?? [];
    expect(sent()[2]?.Parameters).toEqual({ Id: [command?.command] });
    expect([actionOf(undone)?.state, actionOf(id)?.undoneBy]).toEqual(['VERIFIED', undone]);
    expect(statusOf('PL.SSH.1')).toBe('FAILED');
  });

  it('is shown by a click, with the command that would ask for it', async () => {
    const { Id = '', ProductArn = '' } = world().findingOf('i-1', 'PL.SSH.1') ?? {};
    const click = { eventId: 'e1', action: 'PlumblinePlan', finding: { Id, ProductArn } };
    expect(await answerClick(click, acting())).toEqual([]);
    expect(world().findingOf('i-1', 'PL.SSH.1')?.Note?.Text).toMatch(
      /^Plan: .*See it with: npx --no-install plumbline fix i-1 PL\.SSH\.1, which asks first$/,
    );
  });

  it('can be asked for by a click in Security Hub', async () => {
    const Id = world().findingOf('i-1', 'PL.SSH.1')?.Id ?? '';
    const ProductArn = world().findingOf('i-1', 'PL.SSH.1')?.ProductArn ?? '';
    const click = { eventId: 'e1', action: 'PlumblineFix', finding: { Id, ProductArn } };
    const asks = await answerClick(click, acting());
    world().asks.push(...asks);
    await settle();
    expect(actionOf(asks[0]?.id ?? '')?.state).toBe('VERIFIED');
  });

  it('that is asked for twice is done once', async () => {
    ask();
    world().asks.push(...world().asks);
    await settle();
    expect(names()).toEqual(['HardenHost-ssh', 'ConfirmHost']);
  });
});

describe('a change that is not confirmed', () => {
  const lies: Readonly<Record<string, readonly [string, (honest: string) => string]>> = {
    'the host refuses it': [hardening, (said) => said.replace('applied', 'refused')],
    'it achieved nothing': [hardening, (said) => said.replace('changed', 'ineffective')],
    'it was of another command': [hardening, (said) => said.replace(/"id":"[0-9a-f]/, '"id":"z')],
    'another document printed it': [
      hardening,
      (said) => said.replace(/"document":"./, '"document":"z'),
    ],
    'it is more than JSON': [hardening, (said) => `${said}${said}`],
    'it says confirmed before it was asked': [
      hardening,
      (said) => said.replace('applied', 'confirmed'),
    ],
    'the host does not confirm it': [
      'Plumbline-ConfirmHost',
      (said) => said.replace('confirmed', 'refused'),
    ],
  };
  it.each(Object.entries(lies))(
    'because %s is partial, and looked at once it is taken back',
    async (_, [document, change]) => {
      forged(document, change);
      const id = ask();
      await settle();
      expect(names().filter((name) => name === 'ConfirmHost')).toHaveLength(
        document === hardening ? 0 : 1,
      );
      expect(actionOf(id)?.state).toBe('VERIFYING');
      host.break();
      minutes(7);
      await settle();
      expect(actionOf(id)).toMatchObject({ state: 'PARTIAL' });
      expect(statusOf('PL.SSH.1')).toBe('FAILED');
      expect(memory().notices).toHaveLength(1);
    },
  );

  it('because no answer was heard is said after a quarter of an hour', async () => {
    host.deafen(true);
    const id = ask();
    await settle();
    expect(actionOf(id)?.state).toBe('ACTING');
    host.deafen(false);
    host.break();
    minutes(16);
    await settle();
    minutes(7);
    await settle();
    expect(actionOf(id)).toMatchObject({ state: 'PARTIAL' });
    expect(actionOf(id)?.why).toContain('no answer');
    expect(names()).toEqual(['HardenHost-ssh']);
  });
});

describe('a host’s word', () => {
  it('moves nothing but its own action', async () => {
    const id = ask();
    await settle();
    const before = structuredClone(actionOf(id));
    const [first] = before?.calls ?? [];
    await hostResults(
      [
        {
          type: 'answered',
          host: 'i-2',
          command: first?.command ?? '',
          document: hardening,
          requestedAt: world().now().toISOString(),
        },
      ],
      world().hosts,
    );
    await settle();
    expect(actionOf(id)).toEqual(before);
  });

  it('that comes again once it was heard sends nothing more', async () => {
    const id = ask();
    lie((document, honest) => {
      const [first] = actionOf(id)?.calls ?? [];
      if (document === 'Plumbline-ConfirmHost') world().asks.push(host.answer(id, first?.command));
      return honest;
    });
    await settle();
    expect(names()).toEqual(['HardenHost-ssh', 'ConfirmHost']);
    expect(actionOf(id)?.state).toBe('VERIFIED');
  });

  it('on other controls says nothing of an action', async () => {
    forged(hardening, (said) => said.replace('applied', 'refused'));
    const id = ask();
    await settle();
    await auditHosts([{ audit: 'again', host: 'i-1', areas: ['kernel'] }], world().hosts);
    await settle();
    expect(actionOf(id)?.state).toBe('VERIFYING');
  });

  it('that it passes does not make a fix verified where the audit says otherwise', async () => {
    lie((document, honest) => {
      if (document === 'Plumbline-ConfirmHost') host.break();
      return honest;
    });
    const id = ask();
    await settle();
    expect(actionOf(id)).toMatchObject({ state: 'INEFFECTIVE' });
    expect(statusOf('PL.SSH.1')).toBe('FAILED');
  });
});
