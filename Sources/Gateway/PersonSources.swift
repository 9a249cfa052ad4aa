// SPDX-License-Identifier: EUPL-1.2
import CaseEvents

/// The `source` of events that a person brings in from the command line. They need no place in the configuration, and no system may
/// use them.
public enum PersonSource {
    /// One event, made by a command: feedback that was phoned in, an obstacle, a contact.
    public static let commandLine = "urn:meldpoort:opdrachtregel"
    /// A row of a file with running cases (practice 28).
    public static let importing = "urn:meldpoort:invoer"

    static let all = [commandLine, importing]

    static var sources: [CloudEventReader.Source] {
        all.map { CloudEventReader.Source(uri: $0, idsAreRunningNumbers: false) }
    }
}
