// SPDX-License-Identifier: EUPL-1.2
import AdapterKit
import Values

/// A page as Graph takes it. The canvas always goes whole: Graph updates no part of one.
struct SharePointPage: Sendable {
    /// Where the image is, as SharePoint finds it again.
    struct Image: Sendable {
        let path: String
        let siteID: String
        let webID: String
        let listID: String
        let uniqueID: String
        let description: String
    }

    private let publication: Publication
    private let image: Image?
    private let promotion: String

    init(_ publication: Publication, image: Image?, promotion: String) {
        self.publication = publication
        self.image = image
        self.promotion = promotion
    }

    /// The body that makes the page.
    func creation(name: String) -> JSONValue {
        .object(members.merging(["name": .string(name), "pageLayout": "article"]) { own, _ in own })
    }

    /// The body that brings it up to date. Graph makes no page of what a person made news.
    var update: JSONValue {
        .object(promotion == "page" ? members.filter { $0.key != "promotionKind" } : members)
    }

    private var members: [String: JSONValue] {
        [
            "@odata.type": "#microsoft.graph.sitePage", "title": .string(publication.title),
            "description": .string(publication.summary ?? ""), "promotionKind": .string(promotion),
            "showComments": false, "showRecommendedPages": false, "titleArea": titleArea,
            "canvasLayout": ["horizontalSections": [section]],
        ]
    }

    private var titleArea: JSONValue {
        [
            "enableGradientEffect": false, "layout": "plain", "showAuthor": false, "showPublishedDate": true,
            "showTextBlockAboveTitle": .bool(publication.topic != nil),
            "textAboveTitle": .string(publication.topic ?? ""), "textAlignment": "left",
        ]
    }

    private var section: JSONValue {
        let parts = [image.map(Self.webPart), text].compactMap(\.self)
        return [
            "layout": "oneColumn", "id": "1", "emphasis": "none",
            "columns": [["id": "1", "width": 12, "webparts": .array(parts)]],
        ]
    }

    private var text: JSONValue {
        let origin = publication.origin.map { "<p>\($0)</p>" } ?? ""
        return [
            "@odata.type": "#microsoft.graph.textWebPart", "id": "6c0f2f0e-5d0a-4f55-9a7e-3b1d4c2e8f01",
            "innerHtml": .string(publication.body.text + origin),
        ]
    }

    /// SharePoint's own web part for an image.
    private static func webPart(_ image: Image) -> JSONValue {
        let place: [String: JSONValue] = [
            "siteid": .string(image.siteID), "webid": .string(image.webID), "listid": .string(image.listID),
            "uniqueid": .string(image.uniqueID),
        ]
        let shown: [String: JSONValue] = [
            "imageSourceType": 2, "altText": .string(image.description), "overlayText": "", "captionText": "",
            "fixAspectRatio": false, "alignment": "Center",
        ]
        return [
            "@odata.type": "#microsoft.graph.standardWebPart", "id": "6c0f2f0e-5d0a-4f55-9a7e-3b1d4c2e8f02",
            "webPartType": "d1d91016-032f-456d-98a4-721247c305e8",
            "data": [
                "dataVersion": "1.9", "title": "Image", "description": "Show an image on your page",
                "properties": .object(shown.merging(place) { own, _ in own }),
                "serverProcessedContent": [
                    "imageSources": [["key": "imageSource", "value": .string(image.path)]],
                    "customMetadata": [["key": "imageSource", "value": .object(place)]],
                ],
            ],
        ]
    }
}
