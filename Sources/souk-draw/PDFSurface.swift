// SPDX-License-Identifier: GPL-3.0-or-later
internal import CDrawing
import Drawing

/// A PDF being written to memory, A4 upright, with one drawing context for all its pages.
@safe
final class PDFSurface {
  static let width = 595.28
  static let height = 841.89
  private final class Output { var bytes: [UInt8] = [] }
  private let output = Output()
  private let pointer: OpaquePointer
  let context: OpaquePointer

  init?(_ document: Document) {
    let write: cairo_write_func_t = { closure, bytes, count in
      guard let closure = unsafe closure else { return CAIRO_STATUS_WRITE_ERROR }
      let output = unsafe Unmanaged<Output>.fromOpaque(closure).takeUnretainedValue()
      unsafe output.bytes += UnsafeBufferPointer(start: bytes, count: Int(count))
      return CAIRO_STATUS_SUCCESS
    }
    // The output lives as long as this object, which ends the surface before it goes.
    let closure = unsafe Unmanaged.passUnretained(output).toOpaque()
    guard
      let pointer = unsafe cairo_pdf_surface_create_for_stream(write, closure, Self.width, Self.height),
      let context = unsafe cairo_create(pointer)
    else { return nil }
    unsafe self.pointer = unsafe pointer
    unsafe self.context = unsafe context
    unsafe cairo_pdf_surface_set_metadata(pointer, CAIRO_PDF_METADATA_TITLE, document.title.accepted)
    if !document.author.isEmpty {
      unsafe cairo_pdf_surface_set_metadata(pointer, CAIRO_PDF_METADATA_AUTHOR, document.author.accepted)
    }
    if !document.createdAt.isEmpty {
      unsafe cairo_pdf_surface_set_metadata(pointer, CAIRO_PDF_METADATA_CREATE_DATE, document.createdAt.accepted)
    }
  }

  deinit {
    unsafe cairo_destroy(context)
    unsafe cairo_surface_finish(pointer)
    unsafe cairo_surface_destroy(pointer)
  }

  func endPage() { unsafe cairo_show_page(context) }

  /// The whole file. Nothing can be drawn after this.
  func finished() -> [UInt8]? {
    guard unsafe cairo_status(context) == CAIRO_STATUS_SUCCESS else { return nil }
    unsafe cairo_surface_finish(pointer)
    return unsafe cairo_surface_status(pointer) == CAIRO_STATUS_SUCCESS ? output.bytes : nil
  }
}
