import type { ReportedAction, ReportedActions } from '../../compliance/actions.ts';
import {
  actionDurations,
  actionWords,
  askedWords,
  durationText,
  notesText,
  timeText,
} from '../words.ts';
import { html, type Markup, nothing } from './markup.ts';
import { durationsTable } from './period.ts';

const classOf = ({ state }: ReportedAction): string => {
  if (state === 'VERIFIED') return 'good';
  return state === 'BLOCKED' ? 'dim' : 'warn';
};
const row = (action: ReportedAction): Markup => {
  const { startedAt, controls, account, region, resource, askedBy } = action;
  const { toDetectSeconds: detect, toRepairSeconds: repair } = action;
  return html`<tr><td>${timeText(startedAt)}<td>${controls.join(', ')}<td>${account} ${region}<td>${resource}<td><span class="${classOf(action)}">${actionWords(action)}</span><td>${askedWords[askedBy]}<td>${detect === undefined ? '' : durationText(detect)}<td>${repair === undefined ? '' : durationText(repair)}<td>${notesText(action)}
`;
};

/** What was done and undone, where an installation tells. */
export const actionsPart = (actions: ReportedActions | undefined): Markup => {
  if (!actions) return nothing;
  const { from, to, list, isCut } = actions;
  const caption = `Actions, the latest first: ${list.length}`;
  return html`<section aria-labelledby="actions"><h2 id="actions">Actions done and undone: ${list.length}</h2>
<p><time datetime="${from}">${timeText(from)}</time> until <time datetime="${to}">${timeText(to)}</time>.${isCut ? ' There were more: only the latest are listed.' : ''}</p>
${
  list.length === 0
    ? html`<p>Nothing was done.</p>`
    : html`${durationsTable('actions', actionDurations(actions))}<div class="scroll" tabindex="0" role="region" aria-label="${caption}"><table><caption>${caption}</caption><thead><tr><th scope="col">Begun</th><th scope="col">Controls</th><th scope="col">Account, region</th><th scope="col">Resource</th><th scope="col">Outcome</th><th scope="col">Asked for by</th><th scope="col">To detect</th><th scope="col">To repair</th><th scope="col">Notes</th></tr></thead><tbody>
${list.map(row)}</tbody></table></div>`
}</section>
`;
};
