import type { NormalizedSchema } from '@smithy/core/schema';
import type { Answer } from './call.ts';
import type { Model } from './model.ts';

/** The SDK-shaped output of a good answer, unless it is a stream. */
export const outputOf = async (model: Model, name: string, answer: Answer): Promise<unknown> => {
  const known = model.operations.get(name);
  if (!known || answer.status >= 300 || isStream(known.output)) return undefined;
  const { $metadata: _, ...output } = await model.wire.deserializeResponse(
    known.schema,
    model.context,
    {
      statusCode: answer.status,
      headers: { ...answer.headers },
      body: Buffer.from(answer.body),
    },
  );
  return output;
};

const isStream = (schema: NormalizedSchema) =>
  schema.isStructSchema() &&
  Object.values(schema.getMemberSchemas()).some((member) => member.isStreaming());
