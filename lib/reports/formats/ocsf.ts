import { createHash } from 'node:crypto';
import type { Changed } from '../compliance/compare.ts';
import type { Report } from '../compliance/report.ts';

const ocsfVersion = '1.5.0';
const severityIds: Readonly<Record<string, number>> = { LOW: 2, MEDIUM: 3, HIGH: 4, CRITICAL: 5 };
const severityNames: Readonly<Record<string, string>> = {
  LOW: 'Low',
  MEDIUM: 'Medium',
  HIGH: 'High',
  CRITICAL: 'Critical',
};

const standingOf = ({ status, exemption }: Changed) =>
  status === 'FAIL'
    ? { status_id: 3, status: 'Fail', ...(exemption ? { status_details: ['exempted'] } : {}) }
    : // "The compliance check did not yield a result due to missing information."
      { status_id: 2, status: 'Warning' };

/** The requirements of each framework that a control answers. */
const requirementsBy = ({
  frameworks,
}: Report): ReadonlyMap<string, readonly [string, string][]> => {
  const found = new Map<string, [string, string][]>();
  for (const { title, requirements } of frameworks)
    for (const requirement of requirements)
      for (const { id } of requirement.controls) {
        const listed = found.get(id) ?? [];
        listed.push([title, requirement.id]);
        found.set(id, listed);
      }
  return found;
};

const uidOf = ({ account, region, control, resourceType, id }: Changed): string =>
  createHash('sha256')
    .update(JSON.stringify([account, region, control, resourceType, id]))
    .digest('hex')
    .slice(0, 32);
const partitionOf = (arn: string): string => /^arn:(aws[\w-]*):/.exec(arn)?.[1] ?? 'aws';

const exemptionOf = ({ exemption }: Changed) =>
  exemption
    ? {
        status_id: 3,
        status: 'Suppressed',
        status_detail: `exempted until ${exemption.expires}: ${exemption.reason}`,
      }
    : { status_id: 1, status: 'New' };

/** What a finding of either class says. */
const commonOf = (report: Report, result: Changed) => {
  const { account, region, control, arn, id, resourceType, severity, reason = '' } = result;
  const { title, advice, url } = report.controls[control] ?? { title: '', advice: '', url: '' };
  const at = Date.parse(result.at);
  return {
    activity_id: 1,
    activity_name: 'Create',
    category_uid: 2,
    category_name: 'Findings',
    // In milliseconds.
    time: at,
    severity_id: severityIds[severity] ?? 0,
    severity: severityNames[severity] ?? 'Unknown',
    ...exemptionOf(result),
    message: reason,
    metadata: {
      version: ocsfVersion,
      product: { name: 'Plumbline', vendor_name: 'Plumbline', version: report.plumbline },
      profiles: ['cloud'],
    },
    cloud: {
      provider: 'AWS',
      region,
      account: { uid: account, type_id: 10, type: 'AWS Account' },
    },
    finding_info: {
      uid: uidOf(result),
      title,
      desc: reason,
      created_time: at,
      ...(result.since === undefined ? {} : { first_seen_time: Date.parse(result.since) }),
      ...(result.readAt === undefined ? {} : { last_seen_time: Date.parse(result.readAt) }),
    },
    resources: [
      { uid: arn, name: id, type: resourceType, region, cloud_partition: partitionOf(arn) },
    ],
    remediation: { desc: advice, ...(url === '' ? {} : { references: [url] }) },
  };
};

type Answered = ReturnType<typeof requirementsBy>;

/** A Compliance Finding. */
const complianceOf = (report: Report, answered: Answered, result: Changed): object => {
  const { control } = result;
  const requirements = answered.get(control) ?? [];
  return {
    ...commonOf(report, result),
    class_uid: 2003,
    class_name: 'Compliance Finding',
    type_uid: 200301,
    type_name: 'Compliance Finding: Create',
    compliance: {
      control,
      desc: report.controls[control]?.title ?? '',
      standards: [...new Set(requirements.map(([standard]) => standard))],
      requirements: requirements.map(([standard, requirement]) => `${standard}/${requirement}`),
      ...standingOf(result),
    },
  };
};

/** A Detection Finding, for queries that were written for scanners which emit that class: frameworks stand in `unmapped`. */
const detectionOf = (report: Report, answered: Answered, result: Changed): object => {
  const { control, status, exemption } = result;
  const common = commonOf(report, result);
  const compliance: Record<string, string[]> = {};
  for (const [standard, requirement] of answered.get(control) ?? []) {
    const listed = Object.hasOwn(compliance, standard) ? (compliance[standard] ?? []) : [];
    compliance[standard] = [...listed, requirement];
  }
  return {
    ...common,
    class_uid: 2004,
    class_name: 'Detection Finding',
    type_uid: 200401,
    type_name: 'Detection Finding: Create',
    status_code: status === 'FAIL' ? 'FAIL' : 'UNKNOWN',
    is_alert: status === 'FAIL' && exemption === undefined,
    finding_info: {
      ...common.finding_info,
      analytic: { uid: control, name: common.finding_info.title, type_id: 1, type: 'Rule' },
    },
    unmapped: { compliance },
  };
};

function* findings(report: Report, findingOf: typeof complianceOf): Generator<string> {
  const answered = requirementsBy(report);
  let before = '[\n';
  for (const results of [report.failures, report.exceptions, report.unknown])
    for (const result of results) {
      yield before + JSON.stringify(findingOf(report, answered, result));
      before = ',\n';
    }
  yield before === '[\n' ? '[\n\n]\n' : '\n]\n';
}

/** Compliance Findings (class 2003) of OCSF, a JSON array of one a line, in pieces; what passes is not in it. */
export const reportOcsf = (report: Report): Iterable<string> => findings(report, complianceOf);
/** The same as Detection Findings (class 2004). */
export const reportOcsfDetection = (report: Report): Iterable<string> =>
  findings(report, detectionOf);
