/// The style sheet of a report's page: nothing is fetched, all of it stands in the file.
enum HTMLStyle {
  static let sheet =
    ":root{color-scheme:light dark;\(ChartPalette.properties(isDark: false))}\n"
    + "@media screen and (prefers-color-scheme:dark){:root{"
    + "\(ChartPalette.properties(isDark: true))}}\n" + page + ChartStyle.rules + print

  private static let page = """
    *{box-sizing:border-box;}
    html{-webkit-text-size-adjust:100%;text-size-adjust:100%;}
    body{margin:0;background:var(--paper);color:var(--ink);line-height:1.55;font-size:16px;
    font-family:system-ui,-apple-system,"Segoe UI",Roboto,"Helvetica Neue",Arial,sans-serif;}
    header,main,footer{max-width:50rem;margin:0 auto;padding:0 1.25rem;}
    header{padding-top:2.5rem;}
    footer{margin-top:3rem;padding-top:1rem;padding-bottom:3rem;color:var(--muted);font-size:.85rem;}
    .eyebrow{margin:0;color:var(--muted);font-size:.8rem;font-weight:600;letter-spacing:.06em;
    text-transform:uppercase;}
    h1,h2,h3,p,li,th,td,figcaption{overflow-wrap:anywhere;white-space:pre-line;}
    h1{margin:.1rem 0 1.25rem;font-size:2rem;line-height:1.2;letter-spacing:-.015em;}
    h2{margin:2.75rem 0 .75rem;font-size:1.3rem;line-height:1.3;letter-spacing:-.01em;}
    h2 .number{color:var(--muted);font-weight:400;font-variant-numeric:tabular-nums;}
    h3{margin:1.5rem 0 .4rem;font-size:1rem;}
    p,ul{margin:.6rem 0;}
    ul{padding-left:1.3rem;}
    li{margin:.2rem 0;}
    a{color:var(--candidate);text-decoration-thickness:1px;text-underline-offset:.15em;}
    code,pre{font-family:ui-monospace,SFMono-Regular,Menlo,Consolas,"DejaVu Sans Mono",monospace;}
    code{font-size:.88em;background:var(--wash);border:1px solid var(--faint);border-radius:4px;
    padding:.05em .3em;white-space:pre-wrap;}
    pre{margin:.8rem 0;padding:.75rem 1rem;background:var(--wash);border:1px solid var(--faint);
    border-radius:6px;overflow-x:auto;line-height:1.45;font-size:.88rem;}
    pre code{padding:0;border:0;background:none;font-size:1em;white-space:pre;}
    .decision{margin:0;padding:1rem 1.25rem;border:1px solid var(--faint);
    border-left:5px solid var(--chosen);border-radius:6px;background:var(--wash);}
    .decision h2{margin:0 0 .25rem;font-size:.85rem;color:var(--muted);font-weight:600;}
    .decision h2 .number{font-weight:inherit;}
    .decision .lead{margin:.1rem 0 .5rem;font-size:1.2rem;line-height:1.45;}
    .decision h3{margin-top:1rem;padding-top:.8rem;border-top:1px solid var(--faint);}
    .decision p:last-child{margin-bottom:0;}
    .notice{display:grid;grid-template-columns:1.5rem minmax(0,1fr);gap:.25rem;margin:.6rem 0;
    padding:.5rem .75rem;border:1px solid var(--caution);border-left-width:5px;border-radius:6px;
    background:var(--paper);}
    .notice p{margin:0;}
    .notice .sign{color:var(--caution);font-weight:700;}
    nav{margin:1.25rem 0 0;font-size:.9rem;}
    nav h2{margin:0 0 .25rem;font-size:.85rem;color:var(--muted);letter-spacing:0;}
    nav ul{margin:0;padding:0;list-style:none;columns:12rem;column-gap:1.5rem;}
    nav li{margin:0;padding:.12rem 0;break-inside:avoid;}
    nav a{display:grid;grid-template-columns:1.6rem minmax(0,1fr);color:inherit;text-decoration:none;}
    nav a:hover,nav a:focus-visible{text-decoration:underline;}
    nav .number{color:var(--muted);font-variant-numeric:tabular-nums;}
    .scroll{margin:.9rem 0;overflow-x:auto;}
    table{border-collapse:collapse;font-size:.88rem;line-height:1.4;
    font-variant-numeric:tabular-nums;}
    th,td{padding:.35rem .6rem .35rem 0;text-align:left;vertical-align:top;
    border-bottom:1px solid var(--faint);overflow-wrap:break-word;max-width:22rem;}
    th:last-child,td:last-child{padding-right:0;}
    thead th,thead td{border-bottom:1.5px solid var(--line);vertical-align:bottom;}
    th{font-weight:600;color:var(--muted);}
    .value{text-align:right;}
    td.value,td.short,td.short code{white-space:pre;}
    td.long{min-width:8.5rem;}
    td.mark{font-weight:650;}
    tr.marked td{background:var(--wash);}
    figure{margin:1rem 0;}
    figcaption{color:var(--muted);font-size:.88rem;}
    .sheet{overflow-x:auto;}
    .sheet .title{margin:.7rem 0 .25rem;font-size:.88rem;font-weight:600;}
    .row{display:flex;flex-wrap:wrap;gap:.6rem;}
    .row+.row,.sheet>figcaption{margin-top:.5rem;}
    .sample{margin:0;}
    .sample img{display:block;max-width:100%;height:auto;border:1px solid var(--line);
    image-rendering:pixelated;}
    .sample figcaption{margin-top:.15rem;font-size:.78rem;}
    .cards{display:grid;grid-template-columns:repeat(auto-fill,minmax(15rem,1fr));gap:1rem;
    margin:1rem 0;}
    .card{padding:.75rem 1rem;border:1px solid var(--faint);border-radius:6px;}
    .card h3{margin:0 0 .25rem;font-size:.92rem;}
    .card p{margin:.25rem 0;font-size:.85rem;}
    .card figure{margin:.5rem 0 0;}
    .diagram{overflow-x:auto;}
    svg.chart{display:block;width:100%;min-width:23rem;max-width:44rem;height:auto;}
    details{margin:.4rem 0;font-size:.85rem;color:var(--muted);}
    summary{cursor:pointer;}
    details pre{color:var(--ink);}
    @media (min-width:72rem){
    main{display:grid;grid-template-columns:13.5rem minmax(0,50rem);column-gap:3rem;max-width:69rem;}
    header,footer{max-width:69rem;padding-left:calc(13.5rem + 4.25rem);}
    main>*{grid-column:2;min-width:0;}
    main>nav{grid-column:1;grid-row:1 / span 30;position:sticky;top:1.5rem;align-self:start;margin:0;
    font-size:.82rem;}
    nav ul{columns:auto;}
    }

    """

  // Light, as wide as the paper, and nothing torn apart that belongs together.
  private static let print = """
    @page{size:A4;margin:17mm 16mm;}
    @media print{
    :root{color-scheme:light;}
    body{font-size:10pt;line-height:1.4;background:#fff;}
    header,main,footer{max-width:none;padding-left:0;padding-right:0;}
    header{padding-top:0;}
    main{display:block;}
    nav,details{display:none;}
    a{color:inherit;text-decoration:none;}
    h1{font-size:19pt;}
    h2{margin-top:1.6rem;font-size:13pt;}
    h2,h3,.title{break-after:avoid;}
    p,li{orphans:3;widows:3;}
    .decision,.notice,.card,.row,.sample,figure.diagram,tr,pre{break-inside:avoid;}
    table.few{break-inside:avoid;}
    thead{display:table-header-group;}
    .scroll,.sheet,.diagram,pre{overflow:visible;}
    table{font-size:8pt;}
    th,td{padding-right:.7em;}
    th{overflow-wrap:normal;}
    td.long{min-width:0;overflow-wrap:anywhere;}
    table.wide{font-size:6.5pt;width:100%;}
    table.wide th,table.wide td,table.wide code{padding-right:.4em;white-space:pre-line;overflow-wrap:anywhere;}
    p:has(+.scroll),p:has(+figure){break-after:avoid;}
    pre,pre code{white-space:pre-wrap;overflow-wrap:anywhere;}
    .row{gap:3mm;}
    .sample img{width:19mm;}
    .cards{grid-template-columns:repeat(3,minmax(0,1fr));gap:4mm;}
    svg.chart{min-width:0;max-width:145mm;}
    .decision,.notice,tr.marked td,code,pre,.sample img,svg.chart{print-color-adjust:exact;
    -webkit-print-color-adjust:exact;}
    }

    """
}
