import type { AwsSecurityFinding } from '@aws-sdk/client-securityhub';
import { controlOf, field, type Narrator, type Write, who } from './narrator.ts';

/** One JSON object a line, for programs. */
export const jsonNarrator = (write: Write): Narrator => {
  const tell = (event: string, fields: object) => write(JSON.stringify({ event, ...fields }));
  return {
    step: (sentence) => tell('step', { sentence }),
    trouble: (sentence) => tell('trouble', { sentence }),
    log: (functionName, line) => tell('log', { function: functionName, line }),
    scene: ({ title, resource }) => tell('scene', { title, resource }),
    call: ({ by, call }) => tell('call', { by, call }),
    seen: ({ scene, step, finding, others, milliseconds }) =>
      tell('seen', {
        scene: scene.title,
        call: step.call,
        milliseconds,
        ...plain(finding),
        also: others.map(controlOf),
      }),
    missed: ({ resource }, { call }, why) => tell('missed', { resource, call, why }),
    skipped: (sentence) => tell('skipped', { sentence }),
    host: (told) => tell('host', told),
    ready: (place) => tell('ready', place),
    finding: ({ finding, before }) =>
      tell('finding', { ...plain(finding), before: before?.Compliance?.Status }),
  };
};

const plain = (finding: AwsSecurityFinding) => ({
  id: finding.Id,
  control: controlOf(finding),
  title: finding.Title,
  severity: finding.Severity?.Label,
  status: finding.Compliance?.Status,
  workflow: finding.Workflow?.Status,
  recordState: finding.RecordState,
  resource: finding.Resources?.[0]?.Id,
  reason: field(finding, 'reason'),
  by: who(finding),
  priority: field(finding, 'priority'),
  plan: field(finding, 'plan'),
  note: finding.Note?.Text,
});
