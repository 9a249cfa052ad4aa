// SPDX-License-Identifier: EUPL-1.2

extension FigurePage {
    /// What stands between the style tags. Only fonts that are everywhere; the contrast of all text is above 7 to 1.
    public static let style = """

        body {
          font: 16px/1.5 "DejaVu Sans", Verdana, sans-serif; color: #14181d; background: #ffffff;
          margin: 0 auto; max-width: 60rem; padding: 1.5rem;
        }
        h1 { font-size: 1.75rem; line-height: 1.2; color: #12304f; margin: 0 0 .25rem; }
        h2 {
          font-size: 1.25rem; line-height: 1.3; color: #12304f; margin: 2.25rem 0 .75rem;
          border-bottom: 1px solid #8594a5; padding-bottom: .25rem;
        }
        p { margin: 0 0 .75rem; max-width: 46rem; }
        p.subject { font-size: 1.125rem; margin-bottom: .5rem; }
        p.remark { margin: 0; color: #404a57; }
        nav { margin: 1.25rem 0 0; background: #eef2f6; padding: .5rem 1rem; }
        nav ul { list-style: none; margin: 0; padding: 0; }
        nav li { display: inline-block; margin: .25rem 1.25rem .25rem 0; }
        a { color: #12304f; }
        a:focus, .scroll:focus { outline: 3px solid #8a4b08; outline-offset: 2px; }
        ul { margin: 0 0 .75rem; padding-left: 1.25rem; max-width: 46rem; }
        figure { margin: 0 0 .75rem; }
        svg { display: block; max-width: 100%; height: auto; }
        .scroll { overflow-x: auto; margin: 0 0 1.5rem; }
        table { border-collapse: collapse; width: 100%; font-size: .875rem; font-variant-numeric: tabular-nums; }
        caption { text-align: left; font-weight: bold; padding: 0 0 .375rem; }
        th, td { padding: .3rem .5rem; text-align: right; vertical-align: top; border-bottom: 1px solid #ccd4dc; }
        thead th { vertical-align: bottom; color: #404a57; border-bottom: 1px solid #14181d; }
        th:first-child { text-align: left; padding-left: 0; }
        tbody th { font-weight: normal; }
        td.words, th.words { text-align: left; }
        table.narrow { width: auto; min-width: 60%; }
        td.attention { font-weight: bold; color: #7a1222; }
        tfoot th, tfoot td { font-weight: bold; border-top: 1px solid #14181d; border-bottom: none; }
        .writing .line { border-bottom: 1px solid #8594a5; height: 2rem; }
        footer { margin-top: 2.5rem; color: #404a57; font-size: .875rem; }

        @page {
          size: A4; margin: 15mm 16mm 15mm;
          @bottom-right {
            content: "Bladzijde " counter(page) " van " counter(pages);
            font: 7.5pt "DejaVu Sans", sans-serif; color: #404a57;
          }
        }
        @media print {
          body { font-size: 9pt; line-height: 1.4; max-width: none; padding: 0; }
          nav { display: none; }
          h1 { font-size: 17pt; }
          h2 { font-size: 12pt; margin: 6mm 0 2mm; break-after: avoid; }
          p.subject { font-size: 11pt; }
          p, ul, figure { margin-bottom: 2mm; max-width: none; orphans: 3; widows: 3; }
          .figures > figure { break-after: avoid; break-inside: avoid; }
          .scroll { overflow: visible; margin-bottom: 4mm; }
          table { font-size: 8pt; }
          caption { break-after: avoid; }
          thead { display: table-header-group; }
          tfoot { display: table-row-group; }
          tr, li { break-inside: avoid; }
          th, td { padding: .8mm 1.5mm; }
          footer { margin-top: 5mm; font-size: 7.5pt; }
          .school { font-size: 8pt; line-height: 1.35; }
          .school h1 { font-size: 15pt; }
          .school h2 { font-size: 11pt; margin: 0 0 1.5mm; }
          .school header { margin-bottom: 1mm; }
          .school table { font-size: 7.5pt; width: 100%; }
          .school th, .school td { padding: .3mm 1mm; }
          .school .scroll { margin-bottom: 1.5mm; }
          .school .figures > figure { display: inline-block; width: 58%; margin: 0; vertical-align: top; }
          .school .figures > figure + .scroll { display: inline-block; width: 40%; vertical-align: top; }
          .school section { padding-top: 2mm; }
          .school p, .school ul { margin-bottom: 1mm; }
          .school .writing .line { height: 6mm; }
          .school footer { margin-top: 3mm; }
        }

        """
}
