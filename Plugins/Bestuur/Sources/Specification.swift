// SPDX-License-Identifier: EUPL-1.2
public import AdapterSDK
import Disclosures
import Values

extension BestuurAdapter {
    /// Name, channels and settings; `README.md` holds the same table.
    public static let specification = AdapterSpecification(
        name: "bestuur",
        summary:
            "Tells the board and its staff that something was done or is open, by mail or through a person; never about whom.",
        recipientKinds: [.aandachtsfunctionaris, .bestuur, .centraleContactpersoon, .directie, .leerkracht],
        channels: [.mail, .handover],
        messages: [.kennisgeving, .opschaling],
        // A reminder that somebody must first pass on reminds nobody, and lies open to others than its readers.
        messagesPerChannel: [.handover: [.kennisgeving]],
        settings: [
            SettingSpecification(
                "to_addresses", .list(.text),
                summary:
                    "The addresses that get the notice, each its own reader; needed for notices by mail. What is open goes to the persons of the school, and never here."
            ),
            SettingSpecification(
                "contact", .text, summary: "Whom the reader asks, in Dutch: a function and a phone number."),
        ],
        sample: String(decoding: PackageResources.sample_yaml, as: UTF8.self))
}
