import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import type { AwsSecurityFinding } from '@aws-sdk/client-securityhub';
import { type Clients, sdkClients } from '../lib/aws/clients.ts';
import { startLocalAws } from '../lib/local/local-aws.ts';
import { turnOnRemediation } from '../lib/local/turn-on.ts';
import { resourceTypes } from '../lib/resources/every.ts';
import type { Drift } from '../test/remediation/drift.ts';
import { drifts } from '../test/remediation/drifts/index.ts';
import { medianOf, p95Of } from './figures.ts';
import { byPurpose, mediansOf, type Purpose } from './purposes.ts';

/** From an API call that breaks a control to the note that its fix is verified, on the local AWS. */
export interface FixFigures {
  /** With reads that are trusted at once. */
  readonly atOnce: readonly Fixed[];
  /** With reads that are trusted after as long as each resource type says. */
  readonly byDefault: readonly FixTimes[];
  readonly samples: { readonly atOnce: number; readonly byDefault: number };
}
interface FixTimes {
  readonly control: string;
  /** What somebody did. */
  readonly title: string;
  readonly medianMs: number;
  readonly p95Ms: number;
}
interface Fixed extends FixTimes {
  /** From the drift to the note, by the handlers and in the action's session; medians. */
  readonly calls: Readonly<Record<Purpose, number>>;
}

type Local = Awaited<ReturnType<typeof startLocalAws>>;
const controls = ['S3.8', 'EC2.13', 'IAM.27', 'RDS.8'];
const ofEach = controls.map((id): Drift => {
  const drift = drifts.find(({ control }) => control === id);
  if (!drift) throw new Error(`there is no drift of ${id}`);
  return drift;
});

const key = 'AKIABENCHBENCHBENCH0';
/** How long a verdict may take, the settle of databases and more. */
const patienceSeconds = 180;
const baseline = `operators: [arn:aws:iam::123456789012:user/alice]
controls:
${controls.map((id) => `  ${id}: { mode: remediate, risk: disruptive }`).join('\n')}
remediation:
  breaker: { perHour: 1000, atLeast: 1000, share: 1 }
`;

const onLocalAws = async <T>(settles: object, work: (local: Local) => Promise<T>): Promise<T> => {
  const folder = await mkdtemp(join(tmpdir(), 'plumbline-bench-'));
  const file = join(folder, 'plumbline.yaml');
  await writeFile(file, baseline);
  const local = await startLocalAws({ port: 0, scheduleSpeed: 0, baseline: file, ...settles });
  try {
    await turnOnRemediation(local);
    return await work(local);
  } finally {
    await local.stop();
    await rm(folder, { recursive: true, force: true });
  }
};

type Seen = (finding: AwsSecurityFinding) => boolean;
const passes: Seen = ({ Compliance }) => Compliance?.Status === 'PASSED';
const isVerified: Seen = ({ Note }) => /^remediation VERIFIED/.test(Note?.Text ?? '');

/** The moment at which the finding of a control on a resource is as wanted. */
const seen = (local: Local, control: string, id: string, isIt: Seen): Promise<number> =>
  new Promise((resolve, reject) => {
    const isWanted: Seen = (finding) =>
      finding.GeneratorId === `plumbline/${control}` &&
      (finding.Resources?.[0]?.Id ?? '').endsWith(id) &&
      isIt(finding);
    const end = () => {
      clearTimeout(late);
      unsubscribe();
    };
    const unsubscribe = local.onFinding(({ finding }) => {
      if (!isWanted(finding)) return;
      end();
      resolve(performance.now());
    });
    const late = setTimeout(() => {
      end();
      reject(new Error(`${control} on ${id} was not as wanted within ${patienceSeconds} s`));
    }, patienceSeconds * 1000);
    if (!local.securityHub.findings.some(isWanted)) return;
    end();
    resolve(performance.now());
  });

/** A resource that Plumbline has seen pass. */
const arranged = async (local: Local, clients: Clients, { control, arrange }: Drift) => {
  const id = await arrange(clients);
  await seen(local, control, id, passes);
  return id;
};

/** Milliseconds from the call that breaks it to the note. */
const timed = async (local: Local, clients: Clients, { control, drift }: Drift, id: string) => {
  const begun = performance.now();
  const [at] = await Promise.all([seen(local, control, id, isVerified), drift(clients, id)]);
  return at - begun;
};

const clientsOf = ({ url: endpoint, region }: Local): Clients =>
  sdkClients({ region, endpoint, credentials: { accessKeyId: key, secretAccessKey: 'bench' } });

// CloudTrail tells whole seconds, and with no settle an event in the second of a read is taken for older than it. What
// AWS Config tells of the creation has come by then, too.
const apartMs = 2500;
const fixAtOnce = async (local: Local, one: Drift, samples: number): Promise<Fixed> => {
  const clients = clientsOf(local);
  const taken: number[] = [];
  const calls: Record<Purpose, number>[] = [];
  for (let sample = -1; sample < samples; sample += 1) {
    const id = await arranged(local, clients, one);
    await pause(apartMs);
    local.calls.reset();
    const milliseconds = await timed(local, clients, one, id);
    // The first finds the handlers cold.
    if (sample < 0) continue;
    taken.push(milliseconds);
    calls.push(byPurpose(local.calls.of((accessKeyId) => accessKeyId !== key)));
  }
  return { ...figuresOf(one, taken), calls: mediansOf(calls) };
};

const figuresOf = ({ control, title }: Drift, taken: readonly number[]): FixTimes => ({
  control,
  title,
  medianMs: medianOf(taken),
  p95Ms: p95Of(taken),
});

const settlesAfter = (type: string): number =>
  resourceTypes.find((one) => one.type === type)?.live.settlesAfterSeconds ?? 0;
const longest = Math.max(...ofEach.map(({ type }) => settlesAfter(type)));

/** Side by side, a little apart, for it is waiting that takes long. */
const fixByDefault = async (local: Local, samples: number): Promise<readonly FixTimes[]> => {
  const clients = clientsOf(local);
  const made: { readonly one: Drift; readonly id: string }[] = [];
  for (const one of ofEach) {
    // One that drifts at once is put right once it has settled: it finds the handlers cold.
    await one.drift(clients, await arranged(local, clients, one));
    for (let sample = 0; sample < samples; sample += 1) {
      made.push({ one, id: await arranged(local, clients, one) });
    }
  }
  // What is still being created is left alone for so long.
  await pause(longest * 1000 + apartMs);
  const taken = await Promise.all(
    made.map(async ({ one, id }, index) => {
      await pause(index * apartMs);
      return { one, took: await timed(local, clients, one, id) };
    }),
  );
  return ofEach.map((one) =>
    figuresOf(
      one,
      taken.flatMap((each) => (each.one === one ? [each.took] : [])),
    ),
  );
};

/** @param atOnce samples of each drift without settle, after one that warms up @param byDefault with it */
export const benchFix = async (atOnce = 10, byDefault = 3): Promise<FixFigures> => {
  const quick: Fixed[] = [];
  await onLocalAws({ settlesAfterSeconds: 0 }, async (local) => {
    for (const one of ofEach) quick.push(await fixAtOnce(local, one, atOnce));
  });
  const settled = await onLocalAws({}, (local) => fixByDefault(local, byDefault));
  return { atOnce: quick, byDefault: settled, samples: { atOnce, byDefault } };
};
