/** Colours hold 4.5:1 against their ground, light and dark; what they say the words say as well. */
export const style = `
:root{color-scheme:light dark;--ground:#fff;--text:#1b1f24;--dim:#57606a;--line:#d0d7de;--band:#f6f8fa;--link:#0550ae;--bad:#a40e26;--warn:#7a4a00;--good:#116329}
@media(prefers-color-scheme:dark){:root{--ground:#0d1117;--text:#e6edf3;--dim:#9ea7b3;--line:#3d444d;--band:#161b22;--link:#79c0ff;--bad:#ff9a94;--warn:#e3b341;--good:#6fdd8b}}
*{box-sizing:border-box}
body{margin:0 auto;max-width:72rem;padding:1.5rem;background:var(--ground);color:var(--text);font:1rem/1.5 system-ui,sans-serif;overflow-wrap:anywhere}
h1{font-size:1.6rem;margin:0 0 .5rem}h2{font-size:1.3rem;margin:2.5rem 0 .5rem;border-bottom:1px solid var(--line)}h3{font-size:1.05rem;margin:1.5rem 0 .25rem}
a{color:var(--link)}a:focus-visible,summary:focus-visible,input:focus-visible,select:focus-visible,[tabindex]:focus-visible{outline:3px solid var(--link);outline-offset:2px}
.skip{position:absolute;left:-99rem}.skip:focus{position:static}
nav ul{display:flex;flex-wrap:wrap;gap:.25rem 1rem;list-style:none;padding:0}
.scroll{overflow-x:auto}
table{border-collapse:collapse;width:100%;margin:.5rem 0 1rem}
caption{text-align:left;color:var(--dim);padding:.25rem 0}
th,td{text-align:left;vertical-align:top;padding:.35rem .5rem;border-bottom:1px solid var(--line)}
thead th{background:var(--band)}
th,td:nth-child(-n+2){overflow-wrap:normal}
dl.three{display:grid;grid-template-columns:repeat(auto-fit,minmax(14rem,1fr));gap:.75rem;margin:.5rem 0}
dl.three div{border:1px solid var(--line);border-radius:.4rem;padding:.5rem .75rem}
dl.three dt{color:var(--dim)}dl.three dd{margin:0}dl.three .share{font-size:1.5rem;font-weight:600}
.bad{color:var(--bad);font-weight:600}.warn{color:var(--warn);font-weight:600}.good{color:var(--good);font-weight:600}.dim{color:var(--dim)}
code{font:0.9em/1.4 ui-monospace,monospace;background:var(--band);padding:.1em .3em}
ol li{margin:.6rem 0}ol code{display:block;width:fit-content;margin-top:.2rem}
details{border:1px solid var(--line);border-radius:.4rem;margin:.5rem 0;padding:.25rem .75rem;content-visibility:auto;contain-intrinsic-size:auto 3rem}
summary{cursor:pointer;padding:.25rem 0}
form{display:flex;flex-wrap:wrap;gap:.5rem 1rem;align-items:end;margin:.5rem 0}
label{display:block;color:var(--dim)}
input,select{font:inherit;color:inherit;background:var(--ground);border:1px solid var(--dim);border-radius:.3rem;padding:.3rem .5rem}
[hidden]{display:none!important}
@media(prefers-reduced-motion:no-preference){html{scroll-behavior:smooth}}
@media print{@page{size:A4;margin:15mm}:root{--ground:#fff;--text:#000;--dim:#333;--line:#999;--band:#fff;--link:#000;--bad:#000;--warn:#000;--good:#000}body{max-width:none;padding:0;font-size:9pt}nav,form,.skip{display:none}details{content-visibility:visible;border:0;padding:0}details::details-content{content-visibility:visible!important;block-size:auto!important}thead{display:table-header-group}tr{break-inside:avoid}a[href^="https:"]::after{content:" (" attr(href) ")"}}
`;
