import { attempted } from '../../aws/errors.ts';
import type { BatchReader } from '../../aws/reader.ts';
import type { ControlEvaluation } from '../../engine/evaluation/control-evaluation.ts';
import { identityFrom } from '../../engine/evaluation/identity.ts';
import type { Found } from '../../engine/posture/next-row.ts';
import { tagValuesOf } from '../../engine/posture/report-tags.ts';
import { controllerTagsIn } from '../../engine/remediation/controller-tags.ts';
import type { Control } from '../../model/control.ts';
import type { About } from '../../model/resource-type.ts';
import type { Runtime } from '../runtime/runtime.ts';
import type { EvaluationRequest } from './evaluation-request.ts';

const ownerTags = [
  'aws:cloudformation:stack-name',
  'aws:cloudformation:logical-id',
  'aws:autoscaling:groupName',
];

/** The tags that findings use; the others are nobody's business. */
const keptTags = (tags: About['tags'], { baseline }: Runtime): Record<string, string> => {
  const { sensitivityTag } = baseline;
  const keys = [...ownerTags, ...(sensitivityTag ? [sensitivityTag.key] : [])];
  return Object.fromEntries(
    keys.flatMap((key) => (tags[key] === undefined ? [] : [[key, tags[key]]])),
  );
};

/**
 * Identity is said with a FAIL: where one is likely, it is read beside the facets. An event brings one about more often
 * than not, and what fails goes on to.
 */
export const readIdentityAhead = (
  { type, ref, row, group }: EvaluationRequest,
  controls: readonly Control[],
  reader: BatchReader,
  { baseline: { reportTags = [] } }: Runtime,
): void => {
  const isEvent = group.changes.some(({ cause }) => cause.kind === 'event');
  const isFailing = controls.some(({ id }) => row?.controls[id]?.lastKnown === 'FAIL');
  // What goes wrong here goes wrong again where it is asked for.
  const isAsked = isEvent || isFailing || reportTags.length > 0;
  if (isAsked) void attempted(() => reader.read(type, ref, ['about']));
};

/** Tags for reports alone. What may pass keeps no verdict back: they are then not known until the next evaluation. */
const reportTagsOf = async (
  { type, ref }: EvaluationRequest,
  reader: BatchReader,
  { baseline: { reportTags: keys = [] } }: Runtime,
): Promise<Pick<Found, 'reportTags'>> => {
  if (keys.length === 0) return {};
  const read = await attempted(() => reader.read(type, ref, ['about']));
  if ('failure' in read || read.value.gone) return { reportTags: {} };
  const { tags } = identityFrom(read.value.facets['about'], type, ref);
  return { reportTags: tagValuesOf(tags, keys) };
};

/** ARN and tags, read only where a finding will say them, or a fix will ask who owned the resource before it drifted. */
const identityOf = async (
  { type, ref, row }: EvaluationRequest,
  evaluated: readonly ControlEvaluation[],
  reader: BatchReader,
  runtime: Runtime,
): Promise<Pick<Found, 'arn' | 'tags' | 'controllerTags'>> => {
  const isFailing = evaluated.some(({ verdict }) => verdict.status === 'FAIL');
  const isNamed = type.arn !== undefined || row?.arn !== undefined;
  const isPlanned = evaluated.some(({ control: { id } }) => {
    const { mode = 'observe' } = runtime.baseline.controls[id] ?? {};
    return mode !== 'observe';
  });
  if (!isFailing && isNamed && !isPlanned) return {};
  const reading = await reader.read(type, ref, ['about']);
  if (reading.gone) return {};
  const { arn, tags } = identityFrom(reading.facets['about'], type, ref);
  // Tags that may not be read make a finding poorer, not wrong.
  if (tags === undefined) return {};
  return {
    ...(arn === undefined ? {} : { arn }),
    tags: keptTags(tags, runtime),
    controllerTags: controllerTagsIn(tags),
  };
};

/** What is told of a resource beside its verdicts: for findings and fixes, and for reports. */
export const aboutOf = async (
  request: EvaluationRequest,
  evaluated: readonly ControlEvaluation[],
  reader: BatchReader,
  runtime: Runtime,
): Promise<Pick<Found, 'arn' | 'tags' | 'controllerTags' | 'reportTags'>> =>
  evaluated.length === 0
    ? {}
    : {
        ...(await identityOf(request, evaluated, reader, runtime)),
        ...(await reportTagsOf(request, reader, runtime)),
      };
