import { errorAnswer, okAnswer } from '../endpoint/answer.ts';
import type { Before, DecodedCall } from '../endpoint/call.ts';

interface Analyzer {
  readonly arn: string;
  readonly name: string;
  readonly type: string;
  readonly createdAt: Date;
  readonly status: 'ACTIVE';
}

/** IAM Access Analyzer's analyzers, which moto does not have; they find nothing. */
export const analyzers = (account: string): Before => {
  const kept = new Map<string, Analyzer>();
  const keyOf = ({ region }: DecodedCall, name: unknown) => `${region}/${String(name)}`;

  const create = (call: DecodedCall) => {
    const { analyzerName, type } = call.input;
    const key = keyOf(call, analyzerName);
    if (kept.has(key)) return fault(call, 'ConflictException', 409, `${key} is there already`);
    const arn = `arn:aws:access-analyzer:${call.region}:${account}:analyzer/${analyzerName}`;
    kept.set(key, {
      arn,
      name: String(analyzerName),
      type: String(type),
      createdAt: new Date(),
      status: 'ACTIVE',
    });
    return okAnswer(call, { arn });
  };

  const list = (call: DecodedCall) => {
    const { type } = call.input;
    const found = [...kept].filter(
      ([key, one]) =>
        key.startsWith(`${call.region}/`) && (type === undefined || one.type === type),
    );
    return okAnswer(call, { analyzers: found.map(([, one]) => one) });
  };

  const known = (call: DecodedCall, answer: (analyzer: Analyzer, key: string) => object) => {
    const key = keyOf(call, call.input['analyzerName']);
    const analyzer = kept.get(key);
    if (!analyzer) return fault(call, 'ResourceNotFoundException', 404, `no analyzer ${key}`);
    return okAnswer(call, { ...answer(analyzer, key) });
  };

  return (call) => {
    if (call.service !== 'accessanalyzer') return undefined;
    switch (call.operation) {
      case 'CreateAnalyzer':
        return create(call);
      case 'ListAnalyzers':
        return list(call);
      case 'GetAnalyzer':
        return known(call, (analyzer) => ({ analyzer }));
      case 'DeleteAnalyzer':
        return known(call, (_, key) => ({ deleted: kept.delete(key) }));
      default:
        return undefined;
    }
  };
};

const fault = (call: DecodedCall, code: string, status: number, message: string) =>
  errorAnswer(call, { code, message, status });
