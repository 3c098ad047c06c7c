import { randomUUID } from 'node:crypto';
import { asRecord, list } from '../../support/untyped.ts';
import { errorAnswer, okAnswer } from '../endpoint/answer.ts';
import type { Before, DecodedCall } from '../endpoint/call.ts';
import type { Fields } from '../endpoint/fields.ts';

interface Feature {
  readonly Name: string;
  readonly Status: unknown;
  readonly AdditionalConfiguration?: readonly Feature[];
}
interface Detector {
  readonly id: string;
  readonly enabled: boolean;
  readonly features: readonly Feature[];
  readonly tags: unknown;
  readonly filters: Map<string, Fields>;
}

const foundation = ['CLOUD_TRAIL', 'DNS_LOGS', 'FLOW_LOGS'];
const agents = ['EKS_ADDON_MANAGEMENT', 'ECS_FARGATE_AGENT_MANAGEMENT', 'EC2_AGENT_MANAGEMENT'];
const off = (names: readonly string[]): readonly Feature[] =>
  names.map((Name) => ({ Name, Status: 'DISABLED' }));
/**
 * "When you don't specify any features, with an exception to RUNTIME_MONITORING, all the optional features are enabled by
 * default": https://docs.aws.amazon.com/guardduty/latest/APIReference/API_CreateDetector.html
 */
const optional = [
  ...['S3_DATA_EVENTS', 'EKS_AUDIT_LOGS', 'EBS_MALWARE_PROTECTION', 'RDS_LOGIN_EVENTS'],
  'LAMBDA_NETWORK_LOGS',
];
const begins: readonly Feature[] = [
  ...[...foundation, ...optional].map((Name) => ({ Name, Status: 'ENABLED' })),
  {
    Name: 'EKS_RUNTIME_MONITORING',
    Status: 'DISABLED',
    AdditionalConfiguration: off(agents.slice(0, 1)),
  },
  { Name: 'RUNTIME_MONITORING', Status: 'DISABLED', AdditionalConfiguration: off(agents) },
];

/** What is not named stays as it is. */
const merged = (before: readonly Feature[], asked: unknown): readonly Feature[] => {
  const changes = new Map(list(asked).map((one) => [asRecord(one)['Name'], asRecord(one)]));
  return before.map((feature) => {
    const change = changes.get(feature.Name);
    if (!change) return feature;
    const more = feature.AdditionalConfiguration;
    return {
      ...{ Name: feature.Name, Status: change['Status'] ?? feature.Status },
      ...(more ? { AdditionalConfiguration: merged(more, change['AdditionalConfiguration']) } : {}),
    };
  });
};

type Answer = ReturnType<typeof okAnswer>;
/** Filters of what a detector finds: https://docs.aws.amazon.com/guardduty/latest/APIReference/API_CreateFilter.html */
const filterAnswers = (
  known: (call: DecodedCall, answer: (detector: Detector) => Fields | undefined) => Answer,
): Readonly<Record<string, (call: DecodedCall) => Answer>> => {
  const ofOne = (
    call: DecodedCall,
    answer: (filter: Fields, filters: Map<string, Fields>, name: string) => Fields,
  ): Answer => {
    const name = String(call.input['FilterName']);
    return known(call, ({ filters }) => {
      const filter = filters.get(name);
      return filter && answer(filter, filters, name);
    });
  };
  return {
    CreateFilter: (call) =>
      known(call, ({ filters }) => {
        const { DetectorId: _, ClientToken: __, ...asked } = call.input;
        filters.set(String(asked['Name']), { Action: 'NOOP', Rank: 1, Tags: {}, ...asked });
        return { Name: asked['Name'] };
      }),
    GetFilter: (call) => ofOne(call, (filter) => filter),
    ListFilters: (call) => known(call, ({ filters }) => ({ FilterNames: [...filters.keys()] })),
    UpdateFilter: (call) =>
      ofOne(call, (filter, filters, name) => {
        const { DetectorId: _, FilterName: __, ...changes } = call.input;
        filters.set(name, { ...filter, ...changes });
        return { Name: name };
      }),
    DeleteFilter: (call) =>
      ofOne(call, (_, filters, name) => {
        filters.delete(name);
        return {};
      }),
  };
};

/** GuardDuty's detectors, of which moto keeps the features as they were written last; they find nothing. */
export const detectors = (): Before => {
  const kept = new Map<string, Detector>();
  const shown = ({ enabled, features, tags }: Detector): Fields => ({
    CreatedAt: new Date(0).toISOString(),
    UpdatedAt: new Date(0).toISOString(),
    ServiceRole: 'arn:aws:iam::123456789012:role/aws-service-role/guardduty.amazonaws.com/x',
    Status: enabled ? 'ENABLED' : 'DISABLED',
    FindingPublishingFrequency: 'SIX_HOURS',
    Features: features,
    Tags: tags,
  });
  const refused = (call: DecodedCall, message: string) =>
    // https://docs.aws.amazon.com/guardduty/latest/APIReference/API_GetDetector.html#API_GetDetector_Errors
    errorAnswer(call, { code: 'BadRequestException', status: 400, message });
  const create = (call: DecodedCall) => {
    if (kept.has(call.region)) return refused(call, 'a detector already exists for the account');
    const id = randomUUID().replaceAll('-', '');
    const asked = call.input['Features'];
    const plain = begins.map((one) =>
      optional.includes(one.Name) && list(asked).length > 0 ? { ...one, Status: 'DISABLED' } : one,
    );
    kept.set(call.region, {
      ...{ id, enabled: call.input['Enable'] === true },
      ...{ features: merged(plain, asked), tags: call.input['Tags'] ?? {} },
      filters: new Map(),
    });
    return okAnswer(call, { DetectorId: id });
  };
  const known = (call: DecodedCall, answer: (detector: Detector) => Fields | undefined) => {
    const found = kept.get(call.region);
    const detector = found?.id === call.input['DetectorId'] ? found : undefined;
    const said = detector && answer(detector);
    const what = detector ? 'filterName' : 'detectorId';
    return said
      ? okAnswer(call, said)
      : refused(call, `the input ${what} is not owned by the current account`);
  };
  const update = (call: DecodedCall) =>
    known(call, (detector) => {
      const { Enable = detector.enabled, Features } = call.input;
      const features = merged(detector.features, Features);
      kept.set(call.region, { ...detector, enabled: Enable === true, features });
      return {};
    });
  const ofFilters = filterAnswers(known);
  return (call) => {
    if (call.service !== 'guardduty') return undefined;
    switch (call.operation) {
      case 'CreateDetector':
        return create(call);
      case 'ListDetectors':
        return okAnswer(call, { DetectorIds: [kept.get(call.region)?.id ?? []].flat() });
      case 'GetDetector':
        return known(call, shown);
      case 'UpdateDetector':
        return update(call);
      case 'DeleteDetector':
        return known(call, () => {
          kept.delete(call.region);
          return {};
        });
      case 'GetAdministratorAccount':
        // Whoever is no member of another's gets an empty answer.
        return known(call, () => ({}));
      default:
        return ofFilters[call.operation]?.(call);
    }
  };
};
