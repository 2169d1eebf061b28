"""The text of the sample agreement, in both languages, and what changes for the next term."""

from datetime import date

VI = """
Căn cứ Luật Phòng, chống bệnh truyền nhiễm;
Căn cứ Luật Phòng, chống thiên tai;
Căn cứ nhu cầu phối hợp giữa các địa phương trong vùng.
Chương I
Quy định chung
Điều 1. Phạm vi và đối tượng
Quy chế này quy định việc phối hợp về y tế và phòng, chống lũ giữa các bên ký kết trong vùng.
Điều 2. Nguyên tắc phối hợp
1. Chủ động, kịp thời, đúng chức năng của mỗi bên.
2. Số liệu thống nhất về khái niệm, phương pháp và đơn vị tính.
3. Mỗi việc có một bên chủ trì; các bên khác phối hợp.
Chương II
Nội dung phối hợp
Điều 3. Phòng, chống sốt xuất huyết
1. Giám sát ca bệnh, thông báo ngay cho bên giáp ranh.
2. Vãng gia, xử lý dụng cụ chứa nước có lăng quăng.
Điều 4. Sẵn sàng mùa lũ
1. Các trạm y tế hoàn thành danh mục sẵn sàng trước ngày 30 tháng 6.
2. Dự trữ cơ số thuốc tại các trạm vùng trũng.
Điều 5. Tập huấn chung
Các bên tổ chức lớp tập huấn chung cho cán bộ trạm y tế và lực lượng xung kích.
Điều 6. Tuyên truyền
Các bên thống nhất nội dung tờ rơi và phân phối đến cơ sở.
Chương III
Phương thức phối hợp
Điều 7. Hình thức phối hợp
Các bên phối hợp theo những hình thức sau:
a) hội nghị và họp giao ban;
b) đoàn kiểm tra liên ngành;
c) trao đổi văn bản và số liệu;
d) cử cán bộ đầu mối.
Điều 8. Trách nhiệm của cơ quan thường trực
1. Lập kế hoạch năm, đôn đốc và tổng hợp báo cáo.
2. Chuẩn bị hội nghị sơ kết, tổng kết.
Điều 9. Chế độ báo cáo
1. Các bên báo cáo hằng tháng theo biểu mẫu chung.
2. Thời hạn gửi theo chế độ báo cáo do cơ quan thường trực ban hành.
Điều 10. Sơ kết, tổng kết
Các bên sơ kết mỗi năm một lần và tổng kết khi kết thúc thời hạn.
Chương IV
Tổ chức thực hiện
Điều 11. Kinh phí
Mỗi bên bảo đảm kinh phí cho phần việc của mình.
Điều 12. Hiệu lực và sửa đổi
1. Quy chế có hiệu lực từ ngày 15 tháng 12 năm 2019.
2. Việc sửa đổi được các bên thống nhất bằng văn bản.
"""

EN = """
Chapter I
General provisions
Article 1. Scope
These rules govern the coordination of health care and flood preparedness among the signing parties of the region.
Article 2. Principles
1. Early, in time, and within the competence of each party.
2. Figures share their concepts, methods and units of measure.
3. Every matter has one party in the lead; the others support it.
Chapter II
Fields of coordination
Article 3. Dengue prevention
1. Cases are watched, and neighbouring parties told at once.
2. Households are visited and containers with larvae dealt with.
Article 4. Readiness for the flood season
1. Health stations complete the readiness list before 30 June.
2. Medicine is stocked at the stations of low-lying areas.
Article 5. Joint training
The parties train the staff of health stations and rescue forces together.
Article 6. Information for the public
The parties agree on leaflets and bring them to the grass roots.
Chapter III
Ways of coordination
Article 7. Forms
The parties coordinate in these forms:
a) conferences and briefings;
b) joint inspections;
c) exchange of papers and figures;
d) contact officers.
Article 8. The standing office
1. It makes the yearly plan, follows up and consolidates the reports.
2. It prepares the review conferences.
Article 9. Reports
1. The parties report every month on the common form.
2. Deadlines follow the regime that the standing office issues.
Article 10. Reviews
The parties review their work once a year, and finally at the end of the term.
Chapter IV
Carrying it out
Article 11. Funds
Each party funds its own part of the work.
Article 12. Effect and amendment
1. These rules take effect on 15 December 2019.
2. The parties agree on amendments in writing.
"""

NEXT_END = date(2026, 12, 31)
NEXT_NOTE = "Gia hạn đến hết năm 2026; báo cáo có thêm kết quả thực hiện kết luận (mẫu)."
NEXT_TITLES = {
    "vi": "Quy chế phối hợp y tế và phòng, chống lũ vùng đồng bằng sông Cửu Long 2021-2026 (dữ liệu mẫu)",
    "en": "Coordination of health and flood preparedness in the Mekong delta, 2021-2026 (sample data)",
}
NEXT_REVIEW = {
    "vi": "Các bên sơ kết mỗi năm một lần vào tháng 01, luân phiên đăng cai, và tổng kết khi hết thời hạn.",
    "en": "The parties review their work every January, hosts taking turns, and finally at the end of the term.",
}
NEXT_EFFECT = {
    "vi": "Quy chế có hiệu lực từ ngày 01 tháng 01 năm 2021.",
    "en": "These rules take effect on 1 January 2021.",
}
NEXT_REPORTS = {
    "vi": "Báo cáo nêu kết quả thực hiện kết luận của hội nghị gần nhất.",
    "en": "Reports tell what came of the conclusions of the last conference.",
}
