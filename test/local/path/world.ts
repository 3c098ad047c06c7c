import { setTimeout as sleep } from 'node:timers/promises';
import { APIGateway } from '@aws-sdk/client-api-gateway';
import { ApiGatewayV2 } from '@aws-sdk/client-apigatewayv2';
import { ConfigService } from '@aws-sdk/client-config-service';
import { EC2 } from '@aws-sdk/client-ec2';
import { IAM } from '@aws-sdk/client-iam';
import { RDS } from '@aws-sdk/client-rds';
import { S3 } from '@aws-sdk/client-s3';
import { S3Control } from '@aws-sdk/client-s3-control';
import { type AwsSecurityFinding, SecurityHub } from '@aws-sdk/client-securityhub';
import { STS } from '@aws-sdk/client-sts';

export const account = '123456789012';
export const region = 'us-east-1';
interface WantedFinding {
  readonly control: string;
  readonly resource: string;
  /** The region of the resource. @default - any */
  readonly at?: string;
  /** What it tells of the calls that may have brought it about. */
  readonly call?: string;
  /** Whom it names. */
  readonly by?: string;
  readonly status?: 'FAILED' | 'PASSED' | 'NOT_AVAILABLE';
  readonly workflow?: 'NEW' | 'RESOLVED';
  readonly recordState?: 'ACTIVE' | 'ARCHIVED';
  /** Somebody who has changed the resource since it failed. */
  readonly changedSince?: string;
  /** A part of why it has its priority. */
  readonly priorityWhy?: string;
}
const equals = (Value: string) => [{ Comparison: 'EQUALS' as const, Value }];

/** What a test does on a local AWS, and what it sees in its Security Hub. */
export const worldAt = (endpoint: string, patienceMs = 20_000) => {
  /** The SDK's clients of a user who is called like the key. */
  const as = (accessKeyId: string, secretAccessKey = 'any', sessionToken?: string, at = region) => {
    const credentials = { accessKeyId, secretAccessKey, ...(sessionToken && { sessionToken }) };
    const settings = { region: at, endpoint, credentials };
    // S3 Control puts the account in the host's name, which an address on this machine does not have.
    const endpointProvider = () => ({ url: new URL(endpoint) });
    return {
      apigateway: new APIGateway(settings),
      apigatewayv2: new ApiGatewayV2(settings),
      config: new ConfigService(settings),
      ec2: new EC2(settings),
      iam: new IAM(settings),
      rds: new RDS(settings),
      s3: new S3({ ...settings, forcePathStyle: true }),
      s3control: new S3Control({ ...settings, endpointProvider }),
      securityHub: new SecurityHub(settings),
      sts: new STS(settings),
    };
  };
  const { securityHub } = as('auditor');

  const look = async (wanted: WantedFinding) => {
    const { control, resource, at, call, status, workflow, recordState = 'ACTIVE' } = wanted;
    const { by, changedSince = '', priorityWhy = '' } = wanted;
    const { Findings = [] } = await securityHub.getFindings({
      Filters: {
        ComplianceSecurityControlId: equals(`Plumbline.${control}`),
        ResourceId: equals(resource),
        RecordState: equals(recordState),
        ...(status && { ComplianceStatus: equals(status) }),
        ...(workflow && { WorkflowStatus: equals(workflow) }),
      },
    });
    return Findings.find(
      (one) =>
        (at === undefined || one.Resources?.[0]?.Region === at) &&
        (call === undefined || told(one, 'call')?.split(' ').includes(call)) &&
        (by === undefined || told(one, 'by') === by) &&
        (told(one, 'priorityWhy') ?? '').includes(priorityWhy) &&
        (told(one, 'changedSince') ?? '').includes(changedSince),
    );
  };

  /** The finding, once Security Hub has it as it is wanted. */
  const finding = async (wanted: WantedFinding): Promise<AwsSecurityFinding> => {
    const end = Date.now() + patienceMs;
    // The longer it takes, the more there is to do for whom it waits: it asks less often then.
    for (let pauseMs = 50; Date.now() < end; pauseMs = Math.min(1.3 * pauseMs, 500)) {
      const found = await look(wanted);
      if (found) return found;
      await sleep(pauseMs);
    }
    const { control, resource } = wanted;
    const any = { control, resource };
    const is = (await look(any)) ?? (await look({ ...any, recordState: 'ARCHIVED' }));
    const was = is
      ? `${is.Compliance?.Status} ${is.Workflow?.Status} ${is.RecordState} by ${told(is, 'by')}: ${is.Description}`
      : 'nothing';
    throw new Error(`waited in vain for ${JSON.stringify(wanted)}; Security Hub has ${was}`);
  };

  return { as, finding, look };
};

/** On the local AWS that all these tests share. */
export const { as, finding } = worldAt(process.env['PLUMBLINE_TEST_PATH'] ?? 'http://none');

/** A field that Plumbline adds to its findings. */
export const told = ({ ProductFields }: AwsSecurityFinding, name: string) =>
  ProductFields?.[`plumbline/${name}`];

/** Time for a whole drift on a busy machine. */
export const pathMillis = 60_000;
