// SPDX-License-Identifier: EUPL-1.2

/// How a document looks on A4. Only fonts that come with every Debian; the contrast of all text is above 7 to 1.
enum DocumentStyle {
    static let sheet = """

        @page {
          size: A4;
          margin: 24mm 20mm 22mm 24mm;
          @top-right { content: string(part); font: 7.5pt "DejaVu Sans", sans-serif; color: #404a57; }
          @bottom-left { content: string(reference); font: 7.5pt "DejaVu Sans", sans-serif; color: #404a57; }
          @bottom-right {
            content: "Bladzijde " counter(page) " van " counter(pages);
            font: 7.5pt "DejaVu Sans", sans-serif; color: #404a57;
          }
        }
        @page later {
          @top-right { font-weight: bold; color: #7a1222; }
        }
        * { overflow-wrap: anywhere; }
        body {
          font: 9.5pt/1.5 "DejaVu Sans", sans-serif; color: #14181d; margin: 0; hyphens: none; orphans: 3; widows: 3;
        }
        h1 { font-size: 18pt; line-height: 1.25; margin: 0 0 1.5mm; color: #12304f; }
        p.reference { string-set: reference content(); font-size: 8.5pt; color: #404a57; margin: 0 0 5mm; }
        div.instruction { background: #eef2f6; border-left: 1.2mm solid #12304f; padding: 2.5mm 4mm; margin: 0 0 6mm; }
        div.instruction p { margin: 0 0 1.2mm; }
        div.instruction p.alert { font-weight: bold; color: #7a1222; }
        div.instruction p:last-child { margin-bottom: 0; }
        h2, h3, h4 { break-after: avoid; }
        h2 {
          font-size: 12pt; line-height: 1.3; color: #12304f; margin: 7mm 0 2mm;
          border-bottom: 0.4pt solid #8594a5; padding-bottom: 1mm;
        }
        h2.part {
          string-set: part content(); font-size: 13pt; color: #ffffff; background: #12304f;
          border: none; padding: 2mm 4mm; margin: 6mm 0 4mm;
        }
        section.later { page: later; }
        section.later h2.part { background: #7a1222; margin-top: 0; }
        h3 { font-size: 11pt; line-height: 1.3; color: #12304f; margin: 5.5mm 0 1.5mm; border-bottom: 0.4pt solid #8594a5; }
        h4 { font-size: 9.5pt; line-height: 1.3; margin: 3mm 0 1mm; }
        section > h2 + h3, section > h3 + h4, h2.part + section > h3 { margin-top: 2mm; }
        table { border-collapse: collapse; width: 100%; margin: 0 0 2.5mm; }
        th, td { vertical-align: top; text-align: left; padding: 0.9mm 0; border-bottom: 0.25pt solid #ccd4dc; }
        th { width: 52mm; padding-right: 4mm; font-weight: normal; color: #404a57; }
        p.value { margin: 0 0 3mm; white-space: pre-wrap; }

        """
}
