import { givenId } from '../../resolution/identities.ts';
import { declares, each, item, Made, type Mappings, orElse } from '../mapping.ts';

const sources = 'datasources.0';

/** Fields by their name, as CloudFormation has them. */
const criterion = new Made(({ view, build }) => {
  const items = view.get('finding_criteria.0.criterion').items();
  if (!Array.isArray(items)) return items;
  return Object.fromEntries(
    items.map((item: (typeof items)[number]) => {
      const field = String(item.get('field').tree());
      const spec = {
        Equals: 'equals',
        Matches: 'matches',
        LessThan: 'less_than',
        LessThanOrEqual: 'less_than_or_equal',
      };
      return [field, build(spec, item, field) ?? {}];
    }),
  );
}, 'finding_criteria');

/** https://registry.terraform.io/providers/hashicorp/aws/latest/docs/resources/guardduty_detector, and those of its parts. */
export const guarddutyTypes: Mappings = {
  aws_guardduty_detector: declares(
    'AWS::GuardDuty::Detector',
    {
      // "Defaults to `true`".
      Enable: orElse('enable', true),
      DataSources: {
        S3Logs: { Enable: `${sources}.s3_logs.0.enable` },
        Kubernetes: { AuditLogs: { Enable: `${sources}.kubernetes.0.audit_logs.0.enable` } },
        MalwareProtection: {
          ScanEc2InstanceWithFindings: {
            EbsVolumes: `${sources}.malware_protection.0.scan_ec2_instance_with_findings.0.ebs_volumes.0.enable`,
          },
        },
      },
    },
    { id: 'id', names: ['id'] },
  ),
  aws_guardduty_detector_feature: declares(
    'AWS::GuardDuty::Detector',
    {
      Features: item(
        {
          Name: 'name',
          Status: 'status',
          AdditionalConfiguration: each('additional_configuration', {
            Name: 'name',
            Status: 'status',
          }),
        },
        'name',
      ),
    },
    { of: { by: 'detector_id', name: givenId } },
  ),
  aws_guardduty_filter: declares('AWS::GuardDuty::Filter', {
    DetectorId: 'detector_id',
    Name: 'name',
    Action: 'action',
    FindingCriteria: { Criterion: criterion },
  }),
};
