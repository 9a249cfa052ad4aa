// SPDX-License-Identifier: EUPL-1.2

extension Slip {
    static let keys = [
        Slip(
            "recipients:\n", "‸recipents:\n", "error: unknown key “recipents”. Did you mean “recipients”?",
            also: [
                "there is no recipient “vt-noord”. Add it under recipients.", "there is no recipient “index”",
            ]),
        Slip("  port: 8443", "  ‸poort: 8443", "error: unknown key “poort”. Did you mean “port”?"),
        Slip(
            "brin: 01AB, name", "brin: 01AB, ‸colour: blue, name",
            "error: unknown key “colour”. Known here are: brin, name, region, holiday_region, track, pupil_source, aandachtsfunctionaris_uren."
        ),
        Slip(
            "  port: 8443", "  port: 8443\n  ‸port: 9443",
            "error: the key “port” stands here a second time; the first is on line 6, column 3. Keep one of the two."),
        Slip(
            "board: {name: Voorbeeldbestuur,", "board: {name: Voorbeeldbestuur, ‸name: Nog een,",
            "error: the key “name” stands here a second time; the first is on line 9, column 9. Keep one of the two."),
        Slip("  path: data/meldpoort.db\n  master_key", "  ‸master_key", "error: the key “path” is missing here"),
        Slip("board: {name: Voorbeeldbestuur, oin", "board: ‸{oin", "error: the key “name” is missing here"),
        Slip("persons_file: personen.yaml\n", "", "error: the key “persons_file” is missing here"),
    ]

    static let values = [
        Slip("port: 8443", "port: ‸80 80", "error: expected a whole number, found “80 80”"),
        Slip(
            "port: 8443", "port: ‸\"8443\"",
            "error: expected a whole number, found a text between quotes. Leave the quotes out."),
        Slip("port: 8443", "port: ‸0755", "error: a number that begins with 0 can be read in two ways. Write 755."),
        Slip("port: 8443", "port: ‸1_000", "error: expected a whole number, found “1_000”"),
        Slip(
            "brin: 01AB, name", "brin: 01AB, aandachtsfunctionaris_uren: ‸veel, name",
            "error: “veel” is no number of hours a week. Write 0 to 168, in quarters: 4 or 4.5 or 4.25."),
        Slip(
            "brin: 01AB, name", "brin: 01AB, aandachtsfunctionaris_uren: ‸4.1, name",
            "error: “4.1” is no number of hours a week. Write 0 to 168, in quarters: 4 or 4.5 or 4.25."),
        Slip("port: 8443", "port: ‸70000", "error: 70000 is out of range: from 0 to 65535"),
        Slip("port: 8443", "port: ‸[8443]", "error: expected a whole number, found a list"),
        Slip(
            "ids_zijn_volgnummers: false", "ids_zijn_volgnummers: ‸no",
            "error: expected true or false, found “no”. Write false, without quotes."),
        Slip(
            "ids_zijn_volgnummers: false", "ids_zijn_volgnummers: ‸\"true\"",
            "error: expected true or false, found “true”. Write true, without quotes."),
        Slip(
            "datum: 2024-03-01", "datum: ‸2024-02-30",
            "error: expected an existing date, found “2024-02-30”. Write year, month and day: 2026-08-01."),
        Slip(
            "datum: 2024-03-01", "datum: ‸1-3-2024",
            "error: expected an existing date, found “1-3-2024”. Write year, month and day: 2026-08-01."),
        Slip("datum: 2024-03-01", "datum: ‸2027-03-01", "error: this date lies in the future"),
        Slip("name: De Wilg", "name: ‸{de: wilg}", "error: expected a text, found a mapping"),
        Slip(
            "name: De Wilg", "name: ‸\"\"",
            "error: expected a text, found an empty text. Fill it in, or remove the key."),
        Slip(
            "herzieningsdatum: 2027-01-01", "herzieningsdatum:‸",
            "error: expected a date, found nothing. Fill it in, or remove the key."),
        Slip("name: De Wilg", "name: ‸\"De\\nWilg\"", "error: expected a single line of text"),
        Slip(
            "board: {name: Voorbeeldbestuur, oin: \"00000000000000000000\"}", "board: ‸Voorbeeldbestuur",
            "error: expected a mapping, found a single value. Known keys are: name, oin."),
        Slip("\"00000000000000000000\"", "‸\"123\"", "error: an OIN has exactly 20 digits"),
        Slip(
            "brin: 01AB", "brin: ‸01ab", "error: “01ab” is no BRIN. Write 01AB.",
            also: [
                "there is no school “01AB”. Known are: 02CD.", "there is no school “01AB”",
            ]),
        Slip(
            "ict: [ict@voorbeeld.example]", "ict: ‸ict@voorbeeld.example",
            "error: expected a list, found a single value. Begin each element with “- ”."),
        Slip(
            "ict: [ict@voorbeeld.example]", "ict: [‸ICT <ict@voorbeeld.example>]",
            "error: “ICT <ict@voorbeeld.example>” is no plain mail address. Write it as naam@voorbeeld.example."),
        Slip(
            "ict: [ict@voorbeeld.example]", "ict: [ict@voorbeeld.example, ‸ict@voorbeeld.example]",
            "error: this stands in the list a second time. Keep one of the two."),
        Slip(
            "host: 127.0.0.1", "host: ‸0.0.0.0",
            "error: without tls the gateway listens on a loopback address only. Add tls: {certificate_file: …, key_file: …}, or use 127.0.0.1."
        ),
        Slip(
            "https://meldpoort.voorbeeldbestuur.example/", "‸meldpoort.voorbeeldbestuur.example",
            "error: the address does not begin with https://. Write https://host.example/path."),
        Slip(
            "uri: urn:nld:oin:00000000000000000000:systeem:lvs", "uri: ‸urn:leerling:999990019",
            "error: this source holds a burgerservicenummer, and sources are logged on the way"),
        Slip(
            "uri: urn:nld:oin:00000000000000000000:systeem:lvs", "uri: ‸urn:meldpoort:verplichtingen",
            "error: sources that begin with “urn:meldpoort:” are the gateway's own. Give this system a name of the board's, such as urn:nld:oin:…:systeem:…."
        ),
    ]

    static let yaml = [
        Slip(
            "  port: 8443", "\t‸port: 8443".replacing("\t‸", with: "‸\t"),
            "error: a tab stands where the indentation is. Indent with spaces."),
        Slip(
            "name: Voorbeeldcollege}", "name: ‸@college}",
            "error: a value cannot begin with this character. Put the value between double quotes."),
        Slip(
            "  host: 127.0.0.1", "  host: 127.0.0.1: 8443".replacing("1: 8", with: "1‸: 8"),
            "error: a “:” stands where no key can be. Check the indentation, and put quotes around a value that holds “: ”."
        ),
        Slip(
            "shutdown_grace_seconds: 30\n", "shutdown_grace_seconds: 30\n‸---\nstore: {}\n",
            "error: a second document begins here. Keep one document in a file; remove the “---”."),
        Slip(
            "name: Voorbeeldcollege", "name: ‸&naam Voorbeeldcollege",
            "error: anchors and aliases are not read. Write the value out where it is needed."),
        Slip(
            "name: Voorbeeldcollege", "name: ‸*naam",
            "error: anchors and aliases are not read. Put a value that begins with “*” between quotes."),
        Slip(
            "name: Voorbeeldcollege", "name: ‸!!str Voorbeeldcollege",
            "error: tags (!…) are not read. Leave the tag out; the type follows from the key."),
        Slip(
            "  - {brin: 02CD, name: Voorbeeldcollege}", "  - {brin: 02CD, name: Voorbeeldcollege, ‸<<: {track: vo}}",
            "error: merge keys (<<) are not read. Write the values out where they are needed."),
        Slip("terms: {tell_after_minutes: 20}", "terms: {‸[a, b]: 20}", "error: a key must be a plain word"),
        Slip(
            "name: Voorbeeldcollege", "name: Voorbeeld‸\u{7}college",
            "error: a control character (U+0007) stands here. Remove it."),
    ]

    static let references = [
        Slip(
            "recipients: [vt-noord]", "recipients: [‸vt-nord]",
            "error: there is no recipient “vt-nord”. Did you mean “vt-noord”?"),
        Slip("schools: [01AB]", "schools: [‸03EF]", "error: there is no school “03EF”. Known are: 01AB, 02CD."),
        Slip(
            "event: nl.meldcode.veiligthuismelding-besloten.v1", "event: ‸nl.meldcode.veiligthuismelding-beslotn.v1",
            "error: “nl.meldcode.veiligthuismelding-beslotn.v1” is no known event type. Did you mean “nl.meldcode.veiligthuismelding-besloten.v1”?"
        ),
        Slip(
            "  - {event: nl.meldcode.verwijsindexregistratie-gevraagd.v1, recipients: [index]}",
            "  - {event: nl.meldcode.stap-gezet.v1, recipients: [‸index]}",
            "error: no privacy rule lets nl.meldcode.stap-gezet.v1 go to verwijsindex: it would always be refused. Remove it from this route."
        ),
        Slip(
            "  - {event: nl.meldcode.verwijsindexregistratie-gevraagd.v1, recipients: [index]}",
            "  - {event: ‸nl.meldcode.overleg-gepland.v1, recipients: [index]}",
            "error: an event of this type names its own recipients, so it has no route. Remove this route; who decides names them in “ontvangers”."
        ),
        Slip("recipients: [vt-noord]", "recipients: ‸[]", "error: a route needs at least one recipient"),
        Slip(
            "brin: 02CD", "brin: ‸01AB", "error: the school “01AB” stands here a second time; the first is on line 11",
            also: ["there is no school “02CD”. Known are: 01AB."]),
        Slip(
            "  - id: index", "  - id: ‸vt-noord",
            "error: the recipient “vt-noord” stands here a second time; the first is on line 19",
            also: ["there is no recipient “index”"]),
        Slip(
            "    ids_zijn_volgnummers: false", "  - {uri: ‸urn:nld:oin:00000000000000000000:systeem:lvs}",
            "error: the source “urn:nld:oin:00000000000000000000:systeem:lvs” stands here a second time; the first is on line 14"
        ),
        Slip("persons_file: personen.yaml", "persons_file: ‸persons.yaml", "error: there is no file persons.yaml"),
        Slip("policy_file: regels.yaml", "policy_file: ‸secrets", "error: secrets is a folder. Name the file itself."),
        Slip("file: tls/client.pem", "file: ‸tls/cliënt.pem", "error: there is no file tls/cliënt.pem"),
    ]

    static let recipients = [
        Slip(
            "kind: veilig-thuis", "kind: ‸veiligthuis",
            "error: “veiligthuis” is no known kind of recipient. Did you mean “veilig-thuis”?"),
        Slip(
            "adapter: verwijsindex", "adapter: ‸verwijsindx",
            "error: “verwijsindx” is no known adapter. Did you mean “verwijsindex”?"),
        Slip("channel: mail", "channel: ‸email", "error: “email” is no known channel. Did you mean “mail”?"),
        Slip(
            "kind: veilig-thuis\n", "kind: verwijsindex\n",
            "error: the adapter “veilig-thuis” does not serve verwijsindex. It serves: veilig-thuis."
        ).marking(
            "    adapter: ", "veilig-thuis\n",
            also: [
                "no privacy rule lets", "no convenant is recorded", "no herzieningsdatum",
            ]),
        Slip(
            "channel: mail", "channel: ‸api",
            "error: the adapter “veilig-thuis” has no channel api. It has: handover, mail.",
            also: [
                "unknown key “host”", "unknown key “security”", "unknown key “username”", "unknown key “password”",
                "unknown key “sender”",
                "the key “base_url” is missing here",
            ]),
        Slip(
            "channel: mail\n    afspraak: {datum: 2026-09-01, met: Veilig Thuis Noord}", "channel: ‸mail",
            "error: channel mail to this kind of recipient needs an afspraak. Add afspraak: {datum: …, met: …}, or use channel: handover."
        ),
        Slip(
            "    channel: mail\n", "",
            "error: channel handover connects to nothing. Remove “connection”, or set channel: api or mail."
        ).marking("    connection:\n      ", "host: relay.example\n"),
        Slip(
            "to: [meldingen@vt.example]", "‸too: [meldingen@vt.example]", "error: unknown key “too”. Did you mean “to”?"
        ),
        Slip("to: [meldingen@vt.example]", "layout: {pages: ‸12}", "error: 12 is out of range: from 1 to 9"),
        Slip("path: /signalen,", "", "error: the setting “path” is missing here. Where it goes.").marking(
            "      request: ", "{ headers"),
        Slip(
            "path: /signalen", "path: ‸signalen", "error: a path begins with /. Write /signalen.",
            also: ["see the path first", "about no key in particular"]),
        Slip(
            "base_url: https://index.example:8443/api", "base_url: ‸http://index.example/api",
            "error: plain http is not allowed. Use https://."),
        Slip(
            "base_url: https://index.example:8443/api", "base_url: ‸http://127.0.0.1:9/api",
            "error: plain http needs plaintext_loopback: true. Use https://, or set it for a test on this machine."),
        Slip(
            "base_url: https://index.example:8443/api", "base_url: ‸https://index.example/api?key=geheim-kanarie-7731",
            "error: the address ends with its path: no query, fragment or spaces"),
        Slip(
            "first_delay_seconds: 2", "first_delay_seconds: ‸7200",
            "error: the first delay is longer than the longest one"),
        Slip(
            "callback_number: +31 (0)10 000 00-00", "callback_number: ‸op de website",
            "error: “op de website” is no telephone number. Write the number on which this partner is called back, such as 010 000 00 00."
        ),
        Slip("max_in_flight: 4", "max_in_flight: ‸0", "error: 0 is out of range: from 1 to 256"),
        Slip(
            "host: relay.example\n", "host: ‸smtp://relay.example\n",
            "error: expected a host name or an IPv4 address. Write only the name, such as relay.example."),
        Slip(
            "security: implicit_tls", "security: ‸none",
            "error: “none” is no known way to begin TLS. Known are: starttls, implicit_tls."),
    ]

    static let warnings = [
        Slip(
            "    convenant: {datum: 2024-03-01, college: B en W van Voorbeeldstad}\n", "",
            "warning: “index” is refused: no convenant is recorded (Jeugdwet art. 7.1.1.2 and 7.1.3.1). Add convenant: {datum: …, college: …}."
        ).marking("  - ", "id: index"),
        Slip(
            "    herzieningsdatum: 2027-01-01\n", "",
            "warning: “index” is refused: it has no herzieningsdatum (Jeugdwet par. 7.1). Add herzieningsdatum: with the date on which the ground is looked at again."
        ).marking("  - ", "id: index"),
        Slip(
            "herzieningsdatum: 2027-01-01", "herzieningsdatum: ‸2026-11-21",
            "warning: “index” is refused: its herzieningsdatum 2026-11-21 is past. See whether the law still gives the ground (Jeugdwet par. 7.1), then set a new date."
        ),
        Slip(
            "geldig_tot: 2028-12-31", "geldig_tot: ‸2026-11-21",
            "warning: “index” receives nothing any more: geldig_tot is 2026-11-21"),
        Slip(
            "  relay: {host: relay.example, username: u, password: {environment: RELAY}, sender: m@voorbeeld.example}\n",
            "",
            "warning: without notices.relay nobody is mailed when a report does not arrive. Add notices: {ict: […], relay: {…}}."
        ),
        Slip(
            "  ict: [ict@voorbeeld.example]\n  relay: ", "  relay: ‸",
            "warning: nobody of ICT hears about trouble. Add ict: [address]."),
    ]

    static let secrets = [
        Slip(
            "password: {file: secrets/relay.password}", "password: ‸geheim-kanarie-7731",
            "error: a secret does not stand in the configuration itself. Write {file: secrets/name} or {environment: NAME}."
        ),
        Slip(
            "password: {file: secrets/relay.password}", "password: {‸geheim-kanarie-7731: x}",
            "error: unknown key. Known here are: file, environment.",
            also: ["a secret has either a file or an environment variable"]),
        Slip(
            "password: {file: secrets/relay.password}", "password: {file: ‸secrets/none}",
            "error: there is no file secrets/none"),
        Slip(
            "password: {file: secrets/relay.password}", "password: {file: ‸secrets/open}",
            "error: secrets/open can be used by others (mode 644). Run: chmod o-rwx secrets/open"),
        Slip(
            "password: {file: secrets/relay.password}", "password: {file: ‸secrets/empty}",
            "error: secrets/empty is empty. Write the secret into it."),
        Slip(
            "password: {file: secrets/relay.password}", "password: {file: ‸secrets}",
            "error: secrets is a folder. Name the file itself."),
        Slip(
            "master_key: {file: secrets/master.key}", "master_key: {file: ‸secrets/group}",
            "error: secrets/group can be used by others (mode 640). Run: chmod 600 secrets/group"),
        Slip(
            "master_key: {file: secrets/master.key}", "master_key: {environment: ‸MASTER}",
            "error: the environment variable “MASTER” is not set or empty"),
        Slip(
            "master_key: {file: secrets/master.key}", "master_key: ‸{file: secrets/master.key, environment: RELAY}",
            "error: a secret has either a file or an environment variable. Write {file: secrets/name} or {environment: NAME}."
        ),
        Slip(
            "key: secrets/client.key", "key: ‸secrets/open",
            "error: secrets/open can be used by others (mode 644). Run: chmod o-rwx secrets/open"),
        Slip(
            "{file: tls/client.pem, key: secrets/client.key}", "‸{file: secrets/client.p12, format: pkcs12}",
            "error: the key “password” is missing here"),
    ]

    static let persons = [
        Slip(
            "schools: [01AB, 02CD]", "schools: [01AB, ‸02CE]", "error: there is no school “02CE”. Did you mean “02CD”?",
            also: [
                "school 02CD has no aandachtsfunctionaris today. Add one in the persons file."
            ], in: .persons),
        Slip("role: ict", "role: ‸ickt", "error: “ickt” is no known role. Did you mean “ict”?", in: .persons),
        Slip(
            "van: 2025-08-01, tot: 2027-07-31", "van: ‸2027-08-01, tot: 2027-07-31",
            "error: van (2027-08-01) lies after tot (2027-07-31)",
            also: [
                "school 01AB has no aandachtsfunctionaris", "school 02CD has no aandachtsfunctionaris",
            ], in: .persons),
        Slip(
            "deputy: mb}", "deputy: ‸bm}", "error: there is no person “bm”. Did you mean “mb”?",
            also: [
                "school 01AB has nobody to stand in for its aandachtsfunctionaris",
                "school 02CD has nobody to stand in",
            ], in: .persons),
        Slip(
            "deputy: [af, dir]", "deputy: [af, ‸mb]", "error: nobody is their own deputy. Name somebody else.",
            in: .persons),
        Slip(
            "- id: dir", "- id: ‸af", "error: the person “af” stands here a second time; the first is on line 2",
            also: ["there is no person “dir”"], in: .persons),
        Slip(
            "email: af@school.example", "email: ‸af.school.example",
            "error: “af.school.example” is no plain mail address. Write it as naam@voorbeeld.example.", in: .persons),
        Slip("{role: ict, van: 2025-08-01}", "‸{role: ict}", "error: the key “van” is missing here", in: .persons),
        Slip(
            "- id: dir", "- id: ‸de directie",
            "error: “de directie” cannot be an identifier. Use at most 64 letters, digits, “-”, “_” and “.”, such as “veilig-thuis-regio”.",
            also: ["there is no person “dir”"], in: .persons),
    ]
}
