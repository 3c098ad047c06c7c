import { medianOf } from './figures.ts';
import { type Bundled, bundledHere } from './stub/bundled.ts';
import { withEvaluate } from './stub/evaluate.ts';
import { type Kind, kinds } from './stub/events.ts';

/** Milliseconds of one event to a handler that is warm, AWS answering as late as it does: medians. */
export interface WarmFigures {
  readonly kind: Kind;
  /** From the event to the import of the FAIL that was sent. */
  readonly failImportMs: number;
  /** From the event to the end, of one that ends a FAIL. */
  readonly passWholeMs: number;
}

/** As measured from Lambda in the same region. */
const latencyMs = { s3: 30, s3control: 30, ec2: 60, dynamodb: 5, securityhub: 150, amazonsqs: 10 };

export const benchWarm = (
  bundled: Bundled = bundledHere,
  times = 15,
): Promise<readonly WarmFigures[]> =>
  withEvaluate(
    { latencyMs },
    {},
    async ({ stub, take }) => {
      const figures: WarmFigures[] = [];
      for (const kind of kinds) {
        const [fails, passes]: [number[], number[]] = [[], []];
        for (let time = -5; time < times; time += 1) {
          for (const isBroken of [true, false]) {
            Object.assign(stub.state, { isBroken });
            stub.calls.length = 0;
            const begun = performance.timeOrigin + performance.now();
            await take(kind);
            const done = performance.timeOrigin + performance.now();
            const sent = stub.calls.find(({ operation }) => operation === 'BatchImportFindings');
            if (!sent) throw new Error('no finding was sent');
            if (time >= 0) (isBroken ? fails : passes).push((isBroken ? sent.at : done) - begun);
          }
        }
        figures.push({ kind, failImportMs: medianOf(fails), passWholeMs: medianOf(passes) });
      }
      return figures;
    },
    bundled,
  );
