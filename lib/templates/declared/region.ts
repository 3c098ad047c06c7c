import { accessAnalyzerRegion } from '../../resources/account/access-analyzer-region.ts';
import { cloudTrailRegion } from '../../resources/account/cloudtrail-region.ts';
import { cloudWatchRegion } from '../../resources/account/cloudwatch-region.ts';
import { configRegion } from '../../resources/account/config-region.ts';
import { ec2Region } from '../../resources/account/ec2-region.ts';
import { securityHubRegion } from '../../resources/account/security-hub-region.ts';
import { type DeclaredType, placesIn } from './declared-type.ts';

const id: DeclaredType['id'] = ({ properties: { scope } }) => scope.template.deployment.region;

/** The facets of a type but these: what one type of CloudFormation says of a region is one of its settings. */
const allBut = ({ facets }: typeof ec2Region, ...told: readonly string[]): readonly string[] =>
  Object.keys(facets).filter((facet) => !told.includes(facet));

/** Settings of a region, where a template declares them; one that declares none of them says nothing of the region. */
export const declaredRegion: readonly DeclaredType[] = [
  {
    type: cloudTrailRegion,
    as: 'AWS::CloudTrail::Trail',
    id,
    isOnce: true,
    leftOut: {
      'S3.22': 'another trail of the account may record the calls on objects',
      'S3.23': 'another trail of the account may record the calls on objects',
    },
    placeOf: (resource, _, evidence) => ({
      declared: resource.declared,
      path: evidence.endsWith('.isLogging') ? ['IsLogging'] : ['IsMultiRegionTrail'],
    }),
  },
  {
    type: cloudWatchRegion,
    as: 'AWS::Logs::MetricFilter',
    id,
    // What a filter is not about, another one of the account may be.
    keeps: ({ declared, name }, verdict) =>
      verdict.status === 'FAIL' &&
      verdict.evidence.some(({ actual }) =>
        [actual]
          .flat()
          .some((why) => [name, declared.logicalId].some((own) => `${why}`.startsWith(`${own}: `))),
      ),
    placeOf: ({ declared }) => ({ declared, path: [] }),
  },
  {
    type: configRegion,
    as: 'AWS::Config::ConfigurationRecorder',
    id,
    placeOf: placesIn({
      'recording.leavesOut': 'RecordingGroup.ExclusionByResourceTypes',
      'recording.recordsAll': 'RecordingGroup.AllSupported',
      'recording.recordsGlobal': 'RecordingGroup.IncludeGlobalResourceTypes',
      'recording.role': 'RoleARN',
    }),
  },
  {
    type: accessAnalyzerRegion,
    as: 'AWS::AccessAnalyzer::Analyzer',
    id,
    isOnce: true,
    placeOf: placesIn({ accessAnalyzers: 'Type' }),
  },
  {
    type: securityHubRegion,
    as: 'AWS::SecurityHub::Hub',
    id,
    isOnce: true,
    placeOf: placesIn({ securityHub: '' }),
  },
  {
    type: ec2Region,
    as: 'AWS::EC2::SnapshotBlockPublicAccess',
    id,
    untold: allBut(ec2Region, 'snapshotBlock'),
    placeOf: placesIn({ 'snapshotBlock.state': 'State' }),
  },
  {
    type: ec2Region,
    as: 'AWS::EC2::VPCBlockPublicAccessOptions',
    id,
    untold: allBut(ec2Region, 'vpcBlock'),
    placeOf: placesIn({ 'vpcBlock.mode': 'InternetGatewayBlockMode' }),
  },
];
