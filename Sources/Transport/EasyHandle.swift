// SPDX-License-Identifier: EUPL-1.2
import CCurl

/// One libcurl easy handle and the lists that it points to. Used by one thread at a time.
final class EasyHandle {
    let pointer: UnsafeMutableRawPointer
    /// Some option was not taken. Such a handle is never used: a missing option could mean a missing safeguard.
    private(set) var isMisconfigured = false
    private var lists: [CURLoption.RawValue: UnsafeMutablePointer<curl_slist>] = [:]

    init?() {
        guard CurlLibrary.isReady, let pointer = curl_easy_init() else { return nil }
        self.pointer = pointer
    }

    deinit {
        curl_easy_cleanup(pointer)
        lists.values.forEach { curl_slist_free_all($0) }
    }

    func set(_ option: CURLoption, _ value: Int) {
        note(meldpoort_set_long(pointer, option, value))
    }

    func set(_ option: CURLoption, _ value: String?) {
        note(meldpoort_set_string(pointer, option, value))
    }

    func set(_ option: CURLoption, pointer value: UnsafeMutableRawPointer) {
        note(meldpoort_set_pointer(pointer, option, value))
    }

    func set(_ option: CURLoption, size: Int) {
        note(meldpoort_set_size(pointer, option, curl_off_t(size)))
    }

    func set(_ option: CURLoption, milliseconds duration: Duration) {
        let (seconds, attoseconds) = duration.components
        // Zero would mean "for ever" to libcurl.
        set(option, max(1, Int(seconds) * 1000 + Int(attoseconds / 1_000_000_000_000_000)))
    }

    /// libcurl keeps a pointer to the list, so it lives until the next one for this option, or the handle's end.
    func set(_ option: CURLoption, list: [String]) {
        var head: UnsafeMutablePointer<curl_slist>?
        for line in list {
            guard let longer = curl_slist_append(head, line) else {
                isMisconfigured = true
                break
            }
            head = longer
        }
        note(meldpoort_set_list(pointer, option, head))
        let old = lists[option.rawValue]
        lists[option.rawValue] = head
        curl_slist_free_all(old)
    }

    func note(_ code: CURLcode) {
        if code != CURLE_OK { isMisconfigured = true }
    }

    func long(_ info: CURLINFO) -> Int {
        var value = 0
        return meldpoort_get_long(pointer, info, &value) == CURLE_OK ? value : 0
    }

    func size(_ info: CURLINFO) -> Int {
        var value: curl_off_t = 0
        return meldpoort_get_size(pointer, info, &value) == CURLE_OK ? Int(value) : 0
    }

    /// The value of a header of the last answer.
    func header(_ name: String) -> String? {
        var found: UnsafeMutablePointer<curl_header>?
        guard curl_easy_header(pointer, name, 0, UInt32(CURLH_HEADER), -1, &found) == CURLHE_OK else { return nil }
        return found.map { String(cString: $0.pointee.value) }
    }
}

/// libcurl's global start, once in the life of the process.
enum CurlLibrary {
    static let isReady = meldpoort_curl_global_init() == CURLE_OK
}
