import { jsonPieces } from '../../support/printed-json.ts';
import type { Report } from '../compliance/report.ts';

/** The whole report, in pieces; its schema is named in it. */
export function* reportJson(report: Report): Generator<string> {
  yield* jsonPieces(report);
  yield '\n';
}
