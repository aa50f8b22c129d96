import { html } from '../../html.ts'

/**
 * The fillings that carry a meaning, once a page: `unknown` in slanted lines, `hidden` in the stripes that stand for protected
 * everywhere in the product. They differ by their form, so that nobody needs to tell colours apart.
 */
export const patterns = html`<svg class="said" aria-hidden="true" width="0" height="0"><defs>
<pattern id="unknown" width="6" height="6" patternUnits="userSpaceOnUse" patternTransform="rotate(45)"><rect class="paper" width="6" height="6"/><path class="line" d="M1 0v6"/></pattern>
<pattern id="hidden" width="8" height="8" patternUnits="userSpaceOnUse" patternTransform="rotate(135)"><rect class="stripe-b" width="8" height="8"/><rect class="stripe-a" width="4" height="8"/></pattern>
</defs></svg>`
