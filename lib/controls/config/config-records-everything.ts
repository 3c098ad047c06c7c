import { defineControl, type Evidence, fail, pass } from '../../model/control.ts';
import { boolean, type Parameter, strings } from '../../model/parameters.ts';
import { configRegion } from '../../resources/account/config-region.ts';
import { partitionOf } from '../../services/partition.ts';
import { homeRegion, homeRegionOf } from '../../services/regions.ts';

const globalResourcesRegion: Parameter<string> = {
  // IAM's events arrive there.
  default: homeRegion,
  allowed: 'a region, as eu-central-1',
  accepts: (value): value is string =>
    typeof value === 'string' && /^[a-z]{2}(-[a-z]+)+-\d$/.test(value),
};

// How the resources that AWS Config keeps of itself were evaluated: no control evaluates these.
const ofConfigItself = [
  'AWS::Config::ConformancePackCompliance',
  'AWS::Config::ResourceCompliance',
];
/** Resources that are the same in every region, which are recorded in one of them. */
const isGlobal = (type: string): boolean =>
  type.startsWith('AWS::IAM::') || type === 'AWS::RDS::GlobalCluster';

const serviceRole = '/aws-service-role/config.amazonaws.com/AWSServiceRoleForConfig';

export const configRecordsEverything = defineControl(configRegion, {
  id: 'Config.1',
  title: 'AWS Config should be enabled and use the service-linked role for resource recording',
  severity: 'CRITICAL',
  rationale:
    'Without a recorder nobody knows what a resource was like before, and Config rules see nothing.',
  standards: {
    'fsbp-1.0.0': ['Config.1'],
    'cis-aws-1.4.0': ['3.5'],
    'cis-aws-3.0.0': ['3.3'],
    'cis-aws-5.0.0': ['3.3'],
    'nist-800-53-r5': ['CM-3', 'CM-6(1)', 'CM-8', 'CM-8(2)'],
  },
  needs: ['recording'],
  parameters: {
    includeConfigServiceLinkedRoleCheck: boolean({ default: true }),
    globalResourcesRegion,
    mayBeLeftOut: strings({
      default: ofConfigItself,
      allowed: 'resource types, as AWS::EC2::NetworkInterface',
      pattern: /^AWS(::\w+){2}$/,
    }),
  },
  evaluate({ recording }, { ref: { region }, parameters }) {
    if (!recording)
      return fail('there is no recorder', [
        { path: 'recording', actual: null, expected: 'a recorder of all resources' },
      ]);
    const faults: Evidence[] = [];
    const expect = (path: string, actual: unknown, expected: unknown) => {
      if (actual !== expected) faults.push({ path: `recording.${path}`, actual, expected });
    };
    expect('isRecording', recording.isRecording, true);
    // Global resources are to be recorded in one region.
    const { globalResourcesRegion: said } = parameters;
    // What is said is of one partition; in another it is where IAM is heard.
    const isForGlobal =
      region === (partitionOf(said) === partitionOf(region) ? said : homeRegionOf(region));
    if (recording.leavesOut) {
      const mayBeLeftOut = new Set(parameters.mayBeLeftOut);
      const missed = recording.leavesOut.filter(
        (type) => !mayBeLeftOut.has(type) && (isForGlobal || !isGlobal(type)),
      );
      if (missed.length > 0)
        faults.push({
          path: 'recording.leavesOut',
          actual: missed,
          expected: 'no type but those that mayBeLeftOut names',
        });
    } else {
      expect('recordsAll', recording.recordsAll, true);
      if (isForGlobal) expect('recordsGlobal', recording.recordsGlobal, true);
    }
    if (recording.lastStatus === 'Failure') expect('lastStatus', 'Failure', 'Success');
    if (parameters.includeConfigServiceLinkedRoleCheck && !recording.role?.endsWith(serviceRole))
      expect('role', recording.role ?? null, 'the service-linked role of AWS Config');
    return faults.length === 0
      ? pass
      : fail('AWS Config does not record everything in this region', faults);
  },
  remediation: {
    advice:
      'Start the recorder with the service-linked role, for all resource types, with global ones in one region (globalResourcesRegion), and give it a delivery channel that works. Name types that are left out on purpose in mayBeLeftOut.',
  },
});
