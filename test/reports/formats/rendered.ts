import type { Report } from '../../../lib/reports/compliance/report.ts';
import * as csv from '../../../lib/reports/formats/csv.ts';
import * as page from '../../../lib/reports/formats/html/page.ts';
import * as json from '../../../lib/reports/formats/json.ts';
import * as markdown from '../../../lib/reports/formats/markdown.ts';
import * as ocsf from '../../../lib/reports/formats/ocsf.ts';

const whole = (render: (report: Report) => Iterable<string>) => (report: Report) =>
  [...render(report)].join('');

// The formats as whole texts: they are written in pieces.
export const reportCsv = whole(csv.reportCsv);
export const reportHtml = whole(page.reportHtml);
export const reportJson = whole(json.reportJson);
export const reportMarkdown = whole(markdown.reportMarkdown);
export const reportOcsf = whole(ocsf.reportOcsf);
export const reportOcsfDetection = whole(ocsf.reportOcsfDetection);
