import type { Evaluation } from '@aws-sdk/client-config-service';
import { keyOf } from '../../engine/changes/change.ts';
import { announcedBy, itemIn } from '../../engine/changes/config-item.ts';
import { homeOf } from '../../engine/changes/place.ts';
import { changesFrom } from '../../engine/changes/triggered.ts';
import type { ResourceRow } from '../../engine/posture/row.ts';
import { clip } from '../../support/clip.ts';
import { asRecord, text } from '../../support/untyped.ts';
import { decode } from '../../support/wire.ts';
import type { Runtime } from '../runtime/runtime.ts';
import { evaluateChanges } from './evaluate-changes.ts';

/** What AWS Config calls a custom rule with; the texts are JSON. */
export interface ConfigRuleEvent {
  readonly invokingEvent: string;
  readonly resultToken: string;
  readonly eventLeftScope?: boolean;
  readonly configRuleName?: string;
}

type Answer = Pick<Evaluation, 'ComplianceType' | 'Annotation'>;

/** Config takes annotations of at most 256 characters. */
const answerFor = (row: ResourceRow | undefined): Answer | undefined => {
  if (!row || row.goneAt !== undefined) {
    return { ComplianceType: 'NOT_APPLICABLE', Annotation: 'The resource is not there any more.' };
  }
  const verdicts = Object.entries(row.controls);
  const failing = verdicts.filter(([, { verdict }]) => verdict.status === 'FAIL');
  const unread = verdicts.filter(([, { verdict }]) => verdict.status === 'UNKNOWN');
  if (failing.length > 0) {
    const said = failing.map(([id, { verdict }]) => `${id}: ${verdict.reason}`).join('; ');
    return { ComplianceType: 'NON_COMPLIANT', Annotation: clip(said, 256) };
  }
  // PutEvaluations does not take INSUFFICIENT_DATA: without an answer Config keeps what it knew.
  if (unread.length > 0) return undefined;
  return verdicts.some(([, { verdict }]) => verdict.status === 'PASS')
    ? { ComplianceType: 'COMPLIANT' }
    : { ComplianceType: 'NOT_APPLICABLE', Annotation: 'No enabled control applies.' };
};

const evaluated = async (
  item: Record<string, unknown>,
  runtime: Runtime,
): Promise<ResourceRow | undefined> => {
  const { place } = runtime;
  const types = await runtime.types.about({ recordedAs: text(item['resourceType']) ?? '' });
  const announced = announcedBy(item, types);
  if (!announced) return undefined;
  // Anybody who may invoke the function can write such an item: it says only what to read.
  const parsed = changesFrom(
    types,
    [{ ...announced, effect: Object.keys(announced.type.facets) }],
    // The rule is one of the home region.
    { where: homeOf(place), place },
    { kind: 'sweep' },
  );
  const changes = 'changes' in parsed ? parsed.changes : [];
  const outcomes = await evaluateChanges(changes, runtime);
  for (const outcome of outcomes) if ('failure' in outcome) throw outcome.failure;
  const [change] = changes;
  if (!change) return undefined;
  const key = keyOf(change);
  return (await runtime.posture.read([key])).get(key);
};

/**
 * The same evaluation as of a sweep, answered to AWS Config. Who changed what is heard over the Changes queue.
 * @returns the evaluation that was put, with the ids of the item that asked; undefined where there is nothing to say
 * @throws what Config should try again for
 */
export const evaluateForConfig = async (
  event: ConfigRuleEvent,
  runtime: Runtime,
): Promise<Evaluation | undefined> => {
  const item = itemIn(asRecord(decode(event.invokingEvent)));
  const ComplianceResourceType = text(item['resourceType']);
  const ComplianceResourceId = text(item['resourceId']);
  const capturedAt = text(item['configurationItemCaptureTime']);
  if (!(ComplianceResourceType && ComplianceResourceId && capturedAt)) return undefined;
  const row = await evaluated(item, runtime);
  const answer: Answer | undefined = event.eventLeftScope
    ? { ComplianceType: 'NOT_APPLICABLE', Annotation: 'The resource left the scope of the rule.' }
    : answerFor(row);
  if (!answer) return undefined;
  const evaluation: Evaluation = {
    ComplianceResourceType,
    ComplianceResourceId,
    OrderingTimestamp: new Date(capturedAt),
    ...answer,
  };
  await runtime.putEvaluations({
    Evaluations: [evaluation],
    ResultToken: event.resultToken,
    // Config marks a trial run by this token; its answer is checked and not kept.
    TestMode: event.resultToken === 'TESTMODE',
  });
  return evaluation;
};
