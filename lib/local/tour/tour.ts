import { setTimeout as sleep } from 'node:timers/promises';
import type { AwsSecurityFinding } from '@aws-sdk/client-securityhub';
import type { LocalAws } from '../local-aws.ts';
import { type Cast, signIn } from './tour-cast.ts';
import { type Scene, type Step, stagesIn } from './tour-scenes.ts';
import { askUndo } from './tour-undo.ts';

/** What is told of one step once its finding has come. */
export interface Seen {
  readonly scene: Scene;
  readonly step: Step;
  readonly finding: AwsSecurityFinding;
  /** Controls that the same call broke on the same resource. */
  readonly others: readonly AwsSecurityFinding[];
  /** From the moment the call was made to the moment Security Hub had the finding. */
  readonly milliseconds: number;
}
export interface TourOptions {
  readonly aws: LocalAws;
  readonly isEnabled: (controlId: string) => boolean;
  readonly isRemediated: (controlId: string) => boolean;
  readonly onScene: (scene: Scene) => void;
  readonly onStep: (step: Step) => void;
  readonly onSeen: (seen: Seen) => void;
  /** Told of what the baseline does not evaluate, or of a finding that did not come. */
  readonly onMissed: (scene: Scene, step: Step, why: string) => void;
}

const patienceMs = 15_000;
const quietMs = 250;

/** Plays each scene with real calls; returns whether every finding came as expected. */
export const playTour = async (options: TourOptions): Promise<boolean> => {
  const notes = new Map<string, string>();
  const unsubscribe = options.aws.onFinding(({ finding: { Id, Note } }) => {
    if (Id !== undefined && Note?.Text) notes.set(Id, Note.Text);
  });
  const undoLatest: Cast['undoLatest'] = (type, id, control) =>
    askUndo(options.aws, actionIn(notes, id, control), { type, id });
  const cast = await quietly(options.aws, () => signIn(options.aws, undoLatest));
  let allCame = true;
  for (const stage of stagesIn(options.aws.baseline.regions, options.aws.accounts)) {
    const scene = await quietly(options.aws, () => stage(cast));
    options.onScene(scene);
    const [first] = scene.steps;
    if (first && scene.remediates && !options.isRemediated(scene.remediates)) {
      options.onMissed(scene, first, `the baseline does not remediate ${scene.remediates}`);
      continue;
    }
    for (const step of scene.steps) allCame = (await play(scene, step, options)) && allCame;
  }
  unsubscribe();
  return allCame;
};

/** The action that the note on a finding names: its undo command ends with it. */
const actionIn = (notes: ReadonlyMap<string, string>, id: string, control: string): string => {
  const [, note = ''] =
    [...notes].find(([finding]) => finding.includes(`/${control}/`) && finding.endsWith(id)) ?? [];
  return /plumbline undo (\S+)/.exec(note)?.[1] ?? '';
};

const play = async (scene: Scene, step: Step, options: TourOptions): Promise<boolean> => {
  options.onStep(step);
  const isEvaluated = options.isEnabled(step.controlId);
  const coming = isEvaluated ? finding(scene, step, options.aws) : undefined;
  const start = performance.now();
  await step.act();
  if (!coming) {
    options.onMissed(scene, step, `the baseline does not evaluate ${step.controlId}`);
    return true;
  }
  const came = await coming;
  if (!came) {
    const seconds = patienceMs / 1000;
    options.onMissed(scene, step, `no ${step.expected} of ${step.controlId} within ${seconds} s`);
    return false;
  }
  const { at, finding: found, others } = came;
  options.onSeen({ scene, step, finding: found, others, milliseconds: at - start });
  return true;
};

/** Makes what a scene needs, and lets the findings of that come before anything is measured. */
const quietly = async <T>(aws: LocalAws, make: () => Promise<T>): Promise<T> => {
  let last = Number.POSITIVE_INFINITY;
  const unsubscribe = aws.onFinding(() => {
    last = performance.now();
  });
  const made = await make();
  const end = performance.now() + patienceMs / 3;
  while (performance.now() < Math.min(last + quietMs, end)) await sleep(quietMs / 5);
  unsubscribe();
  return made;
};

interface Came {
  readonly finding: AwsSecurityFinding;
  readonly others: readonly AwsSecurityFinding[];
  readonly at: number;
}

// A repaired finding is imported as PASSED and then, by a second call, RESOLVED: the time is the import's.
const finding = (scene: Scene, step: Step, aws: LocalAws): Promise<Came | undefined> =>
  new Promise((resolve) => {
    let at: number | undefined;
    const others: AwsSecurityFinding[] = [];
    const end = (came?: Came) => {
      clearTimeout(timer);
      unsubscribe();
      resolve(came);
    };
    // It is not this that keeps a process waiting which is to end.
    const timer = setTimeout(end, patienceMs, undefined).unref();
    const unsubscribe = aws.onFinding(({ finding: found, before }) => {
      if (!isOn(found, step.resource ?? scene.resource)) return;
      if (!isOf(found, step)) {
        if (isNewlyFailed(found, before)) others.push(found);
        return;
      }
      at ??= performance.now();
      // The others came by the same import: they are there when this has been heard of.
      if (step.expected === 'FAILED' || found.Workflow?.Status === 'RESOLVED')
        setImmediate(end, { finding: found, others, at });
    });
  });

const isOn = (found: AwsSecurityFinding, resource: string) =>
  found.RecordState === 'ACTIVE' && (found.Resources?.[0]?.Id?.endsWith(resource) ?? false);
const isOf = ({ Compliance, Note }: AwsSecurityFinding, { controlId, expected, noted }: Step) =>
  Compliance?.SecurityControlId === `Plumbline.${controlId}` &&
  Compliance.Status === expected &&
  (noted?.test(Note?.Text ?? '') ?? true);
const isNewlyFailed = (found: AwsSecurityFinding, before?: AwsSecurityFinding) =>
  found.Compliance?.Status === 'FAILED' && before?.Compliance?.Status !== 'FAILED';
