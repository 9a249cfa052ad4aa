// SPDX-License-Identifier: EUPL-1.2
public import AdapterSDK
import Disclosures
import Values

extension IntranetAdapter {
    /// Name, channels and settings; `README.md` holds the same table.
    public static let specification = AdapterSpecification(
        name: "intranet",
        summary: "Publishes pages about the meldcode on the board's intranet, and takes them away again.",
        recipientKinds: [.intranet],
        channels: [.api, .folder],
        messages: [.publicatie, .publicatieIntrekking],
        settings: [
            SettingSpecification(
                "target", .choice(TargetKind.allCases.map(\.rawValue)), required: true,
                summary: "What the intranet is: html for a folder with pages that a web server shows."),
            SettingSpecification(
                "wordpress", .object(WordPress.settings), summary: "How pages stand in WordPress."),
            SettingSpecification(
                "sharepoint", .object(SharePoint.settings), summary: "How pages stand in SharePoint; needed for it."),
            SettingSpecification("html", .object(PageFolder.settings), summary: "How the pages of a folder look."),
        ],
        sample: String(decoding: PackageResources.sample_yaml, as: UTF8.self))
}

/// The kinds of intranet.
enum TargetKind: String, CaseIterable {
    case wordpress, sharepoint, html

    var channel: Channel { self == .html ? .folder : .api }

    init(_ settings: AdapterSettings, problems: inout [SettingProblems.Problem]) {
        let kind = settings["target"]?.string.flatMap(TargetKind.init(rawValue:)) ?? .html
        if settings.channel != kind.channel.rawValue {
            problems.append(
                .init(
                    path: ["target"], message: "\(kind.rawValue) goes with channel: \(kind.channel.rawValue)",
                    suggestion: "channel: \(kind.channel.rawValue)"))
        }
        self = kind
    }
}
