import { stringify } from 'csv-stringify/sync';
import { inParts } from '../../support/chunked.ts';
import { groupsBy } from '../../support/groups.ts';
import type { Changed } from '../compliance/compare.ts';
import type { ControlStanding } from '../compliance/control-standing.ts';
import type { FrameworkReport, Report } from '../compliance/report.ts';
import type { RequirementStanding } from '../compliance/standing.ts';
import { visible } from './visible.ts';

const columns = [
  'framework',
  'requirement',
  'level',
  'answered_by',
  'requirement_status',
  'in_part',
  'control',
  'control_status',
  'severity',
  'title',
  'account',
  'region',
  'resource_type',
  'resource',
  'result',
  'reason',
  'evidence',
  'priority',
  'exempted_by',
  'exempted_reason',
  'exempted_until',
  'attested_by',
  'attested_until',
  'attested_link',
  'passed',
  'failed',
  'exempted',
  'unknown',
  'not_applicable',
  'failing_since',
  'by',
  'among',
  'evaluated_at',
  'advice',
  'url',
] as const;
type Row = Partial<Record<(typeof columns)[number], string | number | undefined>>;

// A cell of a spreadsheet holds 32,767 characters.
const most = 30_000;
/** Whoever wrote a cell, it is one line of what shows. */
const shown = (row: Row): Row =>
  Object.fromEntries(
    Object.entries(row).map(([name, cell]) => [
      name,
      typeof cell === 'string' ? visible(cell, most) : cell,
    ]),
  );

const ofRequirement = ({ id }: FrameworkReport, requirement: RequirementStanding): Row => ({
  framework: id,
  requirement: requirement.id,
  level: requirement.level ?? '',
  answered_by: requirement.kind,
  requirement_status: requirement.status,
  in_part: requirement.isPart ? 'yes' : 'no',
  attested_by: requirement.attestation?.by,
  attested_until: requirement.attestation?.until,
  attested_link: requirement.attestation?.link,
});
const ofControl = (control: ControlStanding, { controls }: Report): Row => ({
  control: control.id,
  control_status: control.status,
  severity: controls[control.id]?.severity ?? '',
  title: controls[control.id]?.title ?? '',
  advice: controls[control.id]?.advice ?? '',
  url: controls[control.id]?.url ?? '',
});
const countsOf = ({ passed, failed, exempted, unknown, notApplicable }: ControlStanding): Row => ({
  passed,
  failed,
  exempted,
  unknown,
  not_applicable: notApplicable,
});
const ofResult = (result: Changed): Row => ({
  account: result.account,
  region: result.region,
  resource_type: result.resourceType,
  resource: result.arn,
  result: result.exemption ? 'EXEMPTED' : result.status,
  reason: result.reason,
  evidence: result.evidence ? JSON.stringify(result.evidence) : '',
  priority: result.priority,
  exempted_by: result.exemption?.owner,
  exempted_reason: result.exemption?.reason,
  exempted_until: result.exemption?.expires,
  failing_since: result.status === 'FAIL' ? result.since : '',
  by: result.by,
  among: result.among,
  evaluated_at: result.readAt ?? result.at,
});

const textOf = (rows: readonly Row[], header = false): string =>
  stringify(rows.map(shown), {
    header,
    columns: [...columns],
    escape_formulas: true,
    record_delimiter: 'windows',
  });

/** Lines that are made at a time. */
const atOnce = 200;

/**
 * In pieces, one line for each requirement, control and resource that is not right; where all is right, or nothing was looked at, one
 * for the control or the requirement. What a spreadsheet would take for a formula gets an apostrophe before it.
 */
export function* reportCsv(report: Report): Generator<string> {
  const { failures, exceptions, unknown, frameworks } = report;
  const byControl = groupsBy([...failures, ...exceptions, ...unknown], ({ control }) => control);
  yield textOf([], true);
  for (const framework of frameworks)
    for (const requirement of framework.requirements) {
      const about = ofRequirement(framework, requirement);
      if (requirement.controls.length === 0) yield textOf([about]);
      for (const control of requirement.controls) {
        const own = { ...about, ...ofControl(control, report) };
        yield textOf([{ ...own, ...countsOf(control) }]);
        const results = byControl.get(control.id) ?? [];
        for (const some of inParts(results, atOnce))
          yield textOf(some.map((result) => ({ ...own, ...ofResult(result) })));
      }
    }
}
